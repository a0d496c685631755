// A table's frame takes the focus only while there is something to scroll.
export function frames() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth + 1;
      scrolls ? target.setAttribute("tabindex", "0") : target.removeAttribute("tabindex");
    }
  });
  for (const frame of document.querySelectorAll(".dayaq-table-frame")) {
    watch.observe(frame);
  }
}
