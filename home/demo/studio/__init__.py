"""The workshop that draws the demo's pictures and films its companies, from text alone."""
