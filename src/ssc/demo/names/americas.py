"""Names of Latin America and the Caribbean."""

from ssc.demo.names.tradition import Tradition, names

_SPANISH_FAMILIES = """García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Vargas
Castro Rojas Moreno Gutiérrez Ortiz Jiménez Muñoz Álvarez Romero Suárez Herrera Medina Aguilar Peña Cárdenas Ríos Salazar Quispe
Mamani Núñez Ibáñez"""

SPANISH = Tradition(
    language="es",
    women=names(
        """María_José Valentina Camila Sofía Daniela Lucía Mariana Andrea Paola Ximena Verónica Rocío Inés Alejandra Catalina Luz_Marina
        Fernanda Noelia Belén Yolanda""",
    ),
    men=names(
        """José_Luis Juan_Pablo Andrés Santiago Sebastián Mateo Nicolás Óscar Rubén Héctor Iván Álvaro Germán Raúl Esteban Joaquín Martín
        Gonzalo Ramiro Simón""",
    ),
    families=names(_SPANISH_FAMILIES),
    middles_of_women=names(_SPANISH_FAMILIES),
    middles_of_men=names(_SPANISH_FAMILIES),
    written="{given} {family} {middle}",
)

PORTUGUESE = Tradition(
    language="pt",
    women=names(
        "Ana_Luísa Beatriz Letícia Camila Juliana Larissa Fernanda Tatiane Vitória Conceição Mariângela Thaís Júlia Patrícia"
    ),
    men=names(
        "João_Pedro Lucas Thiago Rafael Gustavo Vinícius Otávio Caio César Luís_Felipe Murilo Antônio Márcio Flávio"
    ),
    families=names(
        """Silva Santos Oliveira Souza Lima Pereira Ferreira Costa Rodrigues Almeida Nascimento Carvalho Araújo Ribeiro Gonçalves Barbosa
        Moraes Teixeira Guimarães Magalhães""",
    ),
    middles_of_women=names("Moura Alves Batista _ _ Nunes Rocha Cardoso Freitas"),
    middles_of_men=names("Moura Alves Batista _ _ Nunes Rocha Cardoso Freitas"),
    written="{given} {middle} {family}",
)

NIKKEI = Tradition(
    language="pt",
    women=PORTUGUESE.women,
    men=PORTUGUESE.men,
    families=names("Hanamura Tachibana Kitahara Mizushima Onodera Hayashida"),
)

JAMAICAN = Tradition(
    language="en-JM",
    women=names("Shanique Keisha Tanya Camille Althea Monique Nadine Kerry-Ann"),
    men=names("Andre Omar Dwayne Leroy Garfield Shane Kemar Winston"),
    families=names("Campbell Brown Williams Grant Reid Gordon Clarke Francis Bailey Thompson"),
)

TRADITIONS = {
    "AR": ((1, SPANISH),),
    "BO": ((1, SPANISH),),
    "BR": ((9, PORTUGUESE), (1, NIKKEI)),
    "CL": ((1, SPANISH),),
    "CO": ((1, SPANISH),),
    "CR": ((1, SPANISH),),
    "EC": ((1, SPANISH),),
    "GT": ((1, SPANISH),),
    "JM": ((1, JAMAICAN),),
    "MX": ((1, SPANISH),),
    "PE": ((1, SPANISH),),
    "PY": ((1, SPANISH),),
    "UY": ((1, SPANISH),),
}
