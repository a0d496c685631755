// The navigation behind a button on a small screen. Without JavaScript the list is simply there.
export function menu() {
  const button = document.querySelector(".dayaq-navigation__toggle");
  if (!button) {
    return;
  }
  button.hidden = false;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") === "false"));
  });
}
