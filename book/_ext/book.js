// A formula wider than the page scrolls in its own box: let the keyboard reach it.
addEventListener("load", async () => {
  await window.MathJax?.startup?.promise;
  const mark = () => {
    for (const box of document.querySelectorAll("mjx-container[display]")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  mark();
  addEventListener("resize", mark);
});
