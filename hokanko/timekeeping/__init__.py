"""Whether the clock is to be believed: a leap is noticed, confirmed, or set right by a person."""
