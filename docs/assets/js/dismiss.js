/** Escape closes what a key or the pointer has opened, and leaves the focus where it was. */

export function listenForEscape() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.more[open]");
    menu?.removeAttribute("open");
    menu?.querySelector("summary")?.focus();
    const drawer = document.querySelector("#__drawer");
    if (drawer instanceof HTMLInputElement && drawer.checked) {
      drawer.click();
      const button = document.querySelector(".drawer-button");
      if (button instanceof HTMLElement) button.focus();
    }
    for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) {
      term.classList.add("dismissed");
    }
  });
  for (const leaving of ["mouseout", "focusout"]) {
    document.addEventListener(leaving, (event) => {
      const term = /** @type {Element} */ (event.target).closest?.(".term");
      const to = /** @type {MouseEvent | FocusEvent} */ (event).relatedTarget;
      if (term && !term.contains(/** @type {Node | null} */ (to))) term.classList.remove("dismissed");
    });
  }
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.more[open]")) {
      if (!menu.contains(/** @type {Node} */ (event.target))) menu.removeAttribute("open");
    }
  });
}
