"""Two waves of a residents' survey: older people answer more, so each answer carries a weight."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from example import persons
from example.areas import SALTMARSH, WARDS, authority_of
from example.happenings import pick
from example.sending import send
from example.truths import effect

SAFETY = ("Very safe", "Fairly safe", "Neither safe nor unsafe", "Fairly unsafe", "Very unsafe")
PROBLEM = ("A very big problem", "A fairly big problem", "Not a very big problem", "Not a problem at all")
AGREE = ("Strongly agree", "Tend to agree", "Neither agree nor disagree", "Tend to disagree", "Strongly disagree")
# Residents by age, and who answered; a weight is one over the other.
LIVE = {"16-24": 0.15, "25-34": 0.16, "35-44": 0.15, "45-54": 0.16, "55-64": 0.16, "65+": 0.22}
ANSWERED = {"16-24": 0.06, "25-34": 0.1, "35-44": 0.14, "45-54": 0.17, "55-64": 0.21, "65+": 0.32}
# Share who call it a very or fairly big problem in the first wave.
PROBLEMS = {
    "Noisy Neighbours": 0.14,
    "Groups Hanging Around": 0.33,
    "Litter": 0.42,
    "Vandalism": 0.24,
    "Drug Use or Dealing": 0.36,
    "Drunk or Rowdy": 0.26,
    "Speeding": 0.47,
    "Problem Burglary": 0.17,
    "Problem Violence": 0.22,
    "Shoplifting": 0.25,
    "Problem Hate Crime": 0.08,
    "Harassment of Women and Girls": 0.2,
}
FIRST = {
    "Anti-social behaviour": 0.24,
    "Speeding and dangerous driving": 0.19,
    "Drugs": 0.14,
    "Shop theft": 0.09,
    "Knife crime and serious violence": 0.09,
    "Violence against women and girls": 0.08,
    "Fly-tipping and litter": 0.08,
    "Burglary": 0.05,
    "Domestic abuse": 0.03,
    "Hate crime": 0.01,
}
WORSE_AFTER_DARK = {"Old Town and Quay": 0.16, "Marram Estate": 0.14, "Ropewalk": 0.1, "Harbourside": 0.1}


def write_survey(to: Path) -> None:
    """Write one file a wave."""
    for wave, number in (("2024", 1211), ("2025", 1187)):
        _wave(to / f"Residents survey {wave}.csv", wave, number)


def _wave(path: Path, wave: str, number: int) -> None:
    rng = np.random.default_rng(8000 + int(wave))
    said = effect("after_dark")
    ages = pick(rng, ANSWERED, number)
    wards = pick(rng, {w.name: float(w.lsoas) for w in WARDS if authority_of(w) == SALTMARSH}, number)
    women = rng.random(number) < 0.54
    later = wave != said["first_wave"]
    safe = said["shares"][wave] - np.array([WORSE_AFTER_DARK.get(w, -0.035) for w in wards]) - 0.12 * (women - 0.52)
    raised = {said["problem"]: said["problem_rise"]} if later else {}
    victims = rng.random(number) < 0.17
    send(
        path,
        {
            "Respondent ID": [f"R{wave}{k:05d}" for k in range(1, number + 1)],
            "Survey Year": [wave] * number,
            "Weight": [f"{LIVE[a] / ANSWERED[a]:.4f}" for a in ages],
            "Ward": wards,
            "Age Group": ages,
            "Gender": ["F" if w else "M" for w in women.tolist()],
            "Safe Dark": _scale(rng, safe, SAFETY),
            "Safe Day": _scale(rng, np.full(number, 0.88), SAFETY),
            "Crime Change": pick(
                rng, {"Gone up": 0.37, "Stayed the same": 0.41, "Gone down": 0.07, "Don't know": 0.15}, number
            ),
            "Victim": ["Yes" if v else "No" for v in victims.tolist()],
            "Reported": _reported(rng, victims),
            "Confidence": _scale(rng, np.full(number, 0.46), AGREE),
            **{q: _scale(rng, np.full(number, s + raised.get(q, 0)), PROBLEM, middle=0) for q, s in PROBLEMS.items()},
            "Top Priority": pick(rng, FIRST, number),
            "Email Address": [f"resident{k}@saltmarsh.example" for k in range(number)],
            "Comments": persons.notes(rng, number),
        },
    )


def _reported(rng: np.random.Generator, victims: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    drawn = pick(rng, {"Yes, all of it": 0.36, "Yes, some of it": 0.22, "No": 0.42}, len(victims))
    return [d if v else "" for d, v in zip(drawn, victims.tolist(), strict=True)]


def _scale(
    rng: np.random.Generator,
    share: np.ndarray[tuple[int], np.dtype[np.float64]],
    words: tuple[str, ...],
    *,
    middle: float = 0.16,
) -> list[str]:
    """Answers on a scale: the first two words with this share between them, then the middle, then the last two."""
    draws, kinds = rng.random(len(share)), rng.random(len(share))
    out = []
    for want, draw, kind in zip(share.tolist(), draws.tolist(), kinds.tolist(), strict=True):
        if kind > 0.975:
            out.append("Don't know")
        elif draw < want:
            out.append(words[0] if draw < want * 0.34 else words[1])
        elif draw < want + middle:
            out.append(words[2])
        else:
            out.append(words[-1] if draw > want + middle + (1 - want - middle) * 0.66 else words[-2])
    return out
