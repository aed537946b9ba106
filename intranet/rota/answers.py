"""Answers the grid's own requests: the cells that changed with the figures above them, or why nothing did."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django_htmx.http import reswap, retarget, trigger_client_event

from directory import weeks
from directory.models import ChangeSet
from intranet.rota import grid, history
from intranet.rota.forms import Cancel, Gesture
from rotas import coverage
from rotas.models import Assignment, Slot

SWAP = ' hx-swap-oob="true"'


def saved(request: HttpRequest, slot: Slot, gesture: ChangeSet | None, said: str) -> HttpResponse:
    """The cell as the gesture left it, for the one that was edited."""
    return _told(HttpResponse(grid.changed(request.user, slot) + _figures()), gesture, said, [slot.pk])


def moved(request: HttpRequest, slots: Iterable[int], gesture: ChangeSet | None, said: str, **more) -> HttpResponse:
    """Cells wherever they are in the page; `more` is told to the client beside what was done."""
    cells = grid.alone(request.user, slots, swap=SWAP)
    return _told(reswap(HttpResponse(_apart(cells) + _figures()), "none"), gesture, said, cells, **more)


def refused(sentence: str, *, status: int = 422) -> HttpResponse:
    """Why nothing was done, in the editor."""
    return _verdict(_why(sentence), status)


def changed_since(request: HttpRequest, slots: Iterable[int], sentence: str) -> HttpResponse:
    """Why a gesture was not taken back, with its cells as somebody else has left them."""
    return _verdict(_why(sentence) + _apart(grid.alone(request.user, slots, swap=SWAP)) + _figures(), 409)


def _why(sentence: str) -> str:
    return format_html('<p class="refused">{}</p>', sentence)


def _apart(cells: dict[int, str]) -> str:
    """Cells that are put wherever they are in the page."""
    return "".join(f"<template>{cell}</template>" for cell in cells.values())


def ask_why(request: HttpRequest, slot: Slot, told: list[Assignment]) -> HttpResponse:
    """The form that calls a week off, in the dialog: whoever was told is not freed without saying who and why."""
    context = {"slot": slot, "told": told, "form": Cancel(), "week": weeks.label(slot.monday)}
    body = render_to_string("intranet/rota/_cancel.html", context, request)
    return reswap(retarget(HttpResponse(body, status=422), "#dialog"), "innerHTML")


def conflict(request: HttpRequest, slot: Slot, wanted: Gesture) -> HttpResponse:
    """Somebody was quicker: who and when, both values, and the fresh cell for the page behind the editor."""
    context = {
        "sentence": history.who_changed(slot, request.user),
        "there": history.what_stands(slot),
        "wanted": wanted,
        "version": slot.version,
        "cell": grid.alone(request.user, [slot.pk], swap=SWAP)[slot.pk],
    }
    return _verdict(render_to_string("intranet/rota/_conflict.html", context) + _figures(), 409)


def _verdict(body: str, status: int) -> HttpResponse:
    return reswap(retarget(HttpResponse(body, status=status), "#verdict"), "innerHTML")


def _figures() -> str:
    """The two figures above the grid, each to be swapped by its id. One query."""
    return render_to_string("intranet/rota/_figures.html", {"tiles": figures()})


def figures() -> dict:
    """What the page and each answer say of the whole network. One query."""
    ahead, until = coverage.ahead_and_until()
    return {"ahead": ahead, "until": until, "weeks": coverage.WEEKS_AHEAD}


def _told(response: HttpResponse, gesture: ChangeSet | None, said: str, slots: Iterable[int], **more) -> HttpResponse:
    """Tell the client what was done, by which gesture, in which cells."""
    told = {"gesture": gesture and gesture.pk, "said": said, "cells": [f"s{slot}" for slot in slots], **more}
    return trigger_client_event(response, "grid:saved", told)
