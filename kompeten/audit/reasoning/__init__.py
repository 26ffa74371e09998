"""What follows from what was read: equations of counts, the interval each hidden count is left, and the verdict."""
