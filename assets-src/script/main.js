// What a browser adds to pages that work without it.
import { createAll, Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink } from "govuk-frontend";
import { frames } from "./frames.js";
import { choices } from "./choices.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const part of [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
  createAll(part);
}
frames();
choices();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
