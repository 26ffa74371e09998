"""What follows from the published counts; pure functions from the compilation to frozen values.

Rooms: cells (one cell and what its sources say), rates (the formula registry at work), funnel (stages of a batch),
progress (target against achieved), places (regions), levels (qualifications), conflicts (sources that disagree).

Rule 1: a figure nobody published stays unknown; it is never 0 and never filled in.
Rule 2: a rate is computed from published counts only, and travels with its numerator and denominator.
"""
