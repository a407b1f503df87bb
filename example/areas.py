"""The invented authorities, wards and former districts, and what each is like."""

from __future__ import annotations

from dataclasses import dataclass

FORCE = "Saltmarsh Police"
FORCE_CODE = "E23000099"
FIRE = "Saltmarsh Fire and Rescue"
REGION = ("E12000099", "Far East Coast")


@dataclass(frozen=True)
class Authority:
    """An invented authority, the partnership and force it belongs to, and what it is like (`score` is its IMD)."""

    code: str
    name: str
    force: str
    force_code: str
    population: int
    households: int
    score: float

    @property
    def csp(self) -> str:
        """The invented code of its community safety partnership, made from its own number."""
        return "E22" + self.code[3:]


@dataclass(frozen=True)
class Ward:
    """A ward: where its middle is (kilometres from the invented origin), how many LSOAs, what kind of place."""

    code: str
    name: str
    district: str
    x: float
    y: float
    lsoas: int
    kind: str


SALTMARSH, WEXCOMBE = "E06000999", "E07000998"
# Population and households of the first two are counted from their own LSOAs; these are for comparison only.
AUTHORITIES = (
    Authority(SALTMARSH, "Saltmarsh", FORCE, FORCE_CODE, 0, 0, 0.0),
    Authority(WEXCOMBE, "Wexcombe", FORCE, FORCE_CODE, 0, 0, 0.0),
    Authority("E06000981", "Thornsea", "Eastmere Police", "E23000098", 204_300, 91_200, 27.9),
    Authority("E06000982", "Port Amery", "Eastmere Police", "E23000098", 232_800, 103_100, 29.8),
    Authority("E06000983", "Kelderport", "Holderfen Police", "E23000097", 176_400, 80_300, 32.4),
    Authority("E06000984", "Brackhaven", "Holderfen Police", "E23000097", 151_900, 69_800, 26.1),
    Authority("E06000985", "Ashmere Bay", "Severnholt Police", "E23000096", 268_700, 118_400, 24.6),
    Authority("E06000986", "Castlebeck", "Severnholt Police", "E23000096", 189_500, 82_000, 22.3),
    Authority("E07000987", "Dunmarsh", "Eastmere Police", "E23000098", 118_600, 52_100, 18.4),
    Authority("E07000988", "Harrowmere", "Holderfen Police", "E23000097", 131_200, 57_300, 16.2),
    Authority("E08000989", "Millholt", "Tarnshire Police", "E23000095", 311_400, 131_900, 34.7),
    Authority("E08000990", "Ostlebury", "Tarnshire Police", "E23000095", 259_100, 110_600, 30.5),
)
COMPARED = AUTHORITIES[2:]

# Two districts became one in 2019, so files before mid-2023 still use LSOAs of the 2011 edition.
NORTH, SOUTH = ("E07000995", "Saltmouth"), ("E07000996", "Marshwick")

WARDS = (
    Ward("E05990001", "Old Town and Quay", "Saltmouth", 10.8, 4.75, 8, "centre"),
    Ward("E05990002", "Promenade", "Saltmouth", 11.7, 5.8, 8, "seafront"),
    Ward("E05990003", "Collegiate", "Saltmouth", 10.3, 5.9, 9, "student"),
    Ward("E05990004", "Marram Estate", "Saltmouth", 8.5, 4.8, 9, "estate"),
    Ward("E05990005", "Ropewalk", "Saltmouth", 9.6, 4.6, 9, "terraced"),
    Ward("E05990006", "Priory Fields", "Saltmouth", 8.9, 6.3, 9, "suburb"),
    Ward("E05990007", "Lighthouse", "Saltmouth", 11.6, 7.4, 9, "suburb"),
    Ward("E05990008", "Windmill Rise", "Saltmouth", 10.0, 7.5, 9, "suburb"),
    Ward("E05990009", "Tern Bay", "Marshwick", 11.4, 10.2, 8, "resort"),
    Ward("E05990010", "Samphire", "Marshwick", 8.4, 9.3, 9, "suburb"),
    Ward("E05990011", "Southspit", "Marshwick", 10.9, 1.5, 8, "resort"),
    Ward("E05990012", "Harbourside", "Marshwick", 8.9, 2.0, 9, "harbour"),
    Ward("E05990013", "Upper Marsh", "Marshwick", 5.3, 8.2, 8, "rural"),
    Ward("E05990014", "Fenny Lanes", "Marshwick", 5.2, 2.8, 7, "rural"),
    Ward("E05990021", "Wexcombe Market", "Wexcombe", 0.6, 5.6, 9, "terraced"),
    Ward("E05990022", "Long Wexcombe", "Wexcombe", 0.9, 9.7, 7, "rural"),
    Ward("E05990023", "Wexcombe Heath", "Wexcombe", 0.8, 2.2, 7, "rural"),
    Ward("E05990024", "Beacon Downs", "Wexcombe", -2.4, 6.0, 7, "rural"),
)

# What one small area of a kind is like: usual residents, people a household, people there on a working day
# as a multiple of residents, and the usual deprivation score (higher is more deprived).
KINDS: dict[str, tuple[float, float, float, float]] = {
    "centre": (1500, 1.8, 4.2, 38.0),
    "seafront": (1550, 1.9, 1.5, 31.0),
    "student": (1900, 3.1, 1.6, 29.0),
    "estate": (1720, 2.4, 0.6, 57.0),
    "terraced": (1680, 2.2, 0.9, 42.0),
    "suburb": (1600, 2.4, 0.7, 14.0),
    "harbour": (1580, 2.3, 1.7, 36.0),
    "resort": (1450, 1.9, 0.9, 27.0),
    "rural": (1520, 2.4, 0.6, 12.0),
}


def authority_of(ward: Ward) -> str:
    """The code of the authority that a ward is in today."""
    return WEXCOMBE if ward.district == "Wexcombe" else SALTMARSH
