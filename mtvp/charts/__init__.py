"""Figures as functions: values in, one SVG string with its words and its table out.

Rules that hold for every figure here: presentation attributes only (PDF writers ignore page CSS
inside SVG, and the content security policy forbids `style=`); bars start at nought; what has no
figure is a gap and never nought; series differ by shape, dash or hatching as well as by colour;
text is 13 px or larger and never overlaps or leaves the picture.
"""
