/** Escape closes what was opened and leaves the focus where it was; so does going elsewhere. */

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
  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    const drawer = document.querySelector("#__drawer");
    if (drawer instanceof HTMLInputElement && drawer.checked
      && !target.closest(".md-sidebar--primary, .md-header")) drawer.click();
    for (const menu of document.querySelectorAll("details.more[open]")) {
      if (!menu.contains(target)) menu.removeAttribute("open");
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
