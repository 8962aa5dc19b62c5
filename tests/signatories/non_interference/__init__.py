"""What a withheld signatory does shows nowhere but in one number.

Each history is told twice, by the same clock and with the same ids: with one withheld signatory more, and without it.
Every public output, every mail to others, and what their answers came to are compared; while the hidden one is not
counted not a byte may differ, and when it is, nothing but the number.
"""
