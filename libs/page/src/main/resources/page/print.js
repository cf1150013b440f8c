// On paper nothing is folded; the stylesheet says the same to browsers that know ::details-content.
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('details:not([open])')) {
    folded.open = true;
    folded.dataset.folded = '';
  }
});
addEventListener('afterprint', () => {
  for (const unfolded of document.querySelectorAll('details[data-folded]')) {
    unfolded.open = false;
    delete unfolded.dataset.folded;
  }
});
