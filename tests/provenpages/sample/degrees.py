"""Degrees Celsius in Fahrenheit: the whole of a very small project."""

import sys


def fahrenheit(celsius):
    return celsius * 9 / 5 + 32


def main():
    for word in sys.argv[1:]:
        print(f"{word} °C is {fahrenheit(float(word)):.1f} °F")
