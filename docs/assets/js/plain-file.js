/**
 * Opened as a file, a page has no search and no copying: browsers load no modules then. Say so.
 * A classic script, since it has to run where modules do not. It comes at the end of the page.
 */
if (location.protocol === "file:") {
  document.documentElement.classList.add("no-modules");
  document.querySelector(".plain-file")?.removeAttribute("hidden");
}
