"""Whether plans did something: planned patients beside high users without a plan.

People chosen at a peak fall by themselves, so nothing here compares before with after. One
practice is compared by a permutation test (`permutation`), the region by what its high users
without a plan did next (`expected`); both are pure functions. `years` reads the rows of one
practice, `region` gathers sums over practices, `course` draws one patient.
"""
