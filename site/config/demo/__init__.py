"""Invented people, places and weeks around today, so that anyone can try Relais in a minute."""
