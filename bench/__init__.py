"""Speed, as ratios to hand-written floors measured in the same run.

Each figure pairs our path with the least that the same work takes; both run in turn, and the
ratio is the median over the pairs. Everything happens in a database of its own.
"""
