"""The fields of science that the demo's exchanges are about."""

FIELDS = (
    "AI & Information Technology",
    "Agriculture",
    "Architecture",
    "Biotechnology",
    "Chemistry",
    "Civil Engineering",
    "Disaster Prevention",
    "Earth Science",
    "Electronics",
    "Energy",
    "Environmental Science",
    "Food Science",
    "Marine Science",
    "Materials Science",
    "Mathematics",
    "Mechanical Engineering",
    "Medical Engineering",
    "Physics",
    "Public Health",
    "Quantum Science",
    "Robotics",
    "Semiconductors",
    "Space Science",
    "Telecommunications",
)

LOTUS_FIELDS = (
    "AI & Information Technology",
    "Biotechnology",
    "Energy",
    "Materials Science",
    "Quantum Science",
    "Semiconductors",
    "Telecommunications",
)
