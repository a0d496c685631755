// What a browser adds to pages that work without it.
import { createAll, Button, ErrorSummary, NotificationBanner, SkipLink } from "govuk-frontend";
import { frames } from "./frames.js";
import { choices } from "./choices.js";
import { menu } from "./menu.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const part of [Button, ErrorSummary, NotificationBanner, SkipLink]) {
  createAll(part);
}
frames();
choices();
menu();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
