"""Fixed ideas, the same in every run: about 107 bytes each, and never the same sentence twice."""
import random

WHO = ("Las familias de Taraco", "Los productores de Salinas", "La municipalidad", "Las mujeres tejedoras", "Los jóvenes",
       "La asociación de riego", "Las comunidades de Aija", "El comité de semillas", "Los maestros de Pamparomás")
WHAT = ("piden guardar semilla nativa", "quieren una feria cada mes", "proponen reforestar las orillas",
        "necesitan agua limpia todo el año", "aprendieron a llevar cuentas claras", "venden quinua sin intermediarios",
        "cuidan los bofedales", "comparten el tractor por turnos")
HOW = ("con apoyo técnico cercano", "desde la próxima siembra", "aunque la señal sea mala", "entre los dos países",
       "con reglas hechas en asamblea", "para que vuelvan los jóvenes", "sin esperar otro proyecto")


def texts(count: int) -> list[str]:
    """So many ideas."""
    draw = random.Random(2021)
    return [f"{draw.choice(WHO)} {draw.choice(WHAT)} {draw.choice(HOW)}; lo acordaron {draw.randrange(11, 99)} "
            f"personas, {i}" for i in range(count)]
