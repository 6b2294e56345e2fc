"""Lists the three days of the founding meeting: what is done when, by the clock of the first home zone."""

# Day by day: (hour, minutes, kind, title).  The hours are ours; the meeting's own agenda is not known.
DAYS = [
    [("08:30", 10, "plenary", "Presencia por delegación"),
     ("08:40", 65, "gallery", "Feria de experiencias: videos y paneles"),
     ("09:45", 15, "break", "Pausa"),
     ("10:00", 70, "groups", "Línea de tiempo por delegación"),
     ("11:10", 30, "groups", "Relatoría de cada grupo"),
     ("11:40", 40, "plenary", "Plenaria: comparamos las cinco líneas de tiempo"),
     ("12:20", 15, "plenary", "Evaluación del día")],
    [("08:30", 10, "plenary", "Presencia por delegación"),
     ("08:40", 60, "groups", "Grupos por eje: resultados e impactos"),
     ("09:40", 40, "groups", "¿Por qué pasó? Preguntamos cinco veces"),
     ("10:20", 20, "break", "Pausa"),
     ("10:40", 40, "dialogue", "Mesa de síntesis en vivo"),
     ("11:20", 30, "plenary", "Plenaria: ordenamos los temas"),
     ("11:50", 15, "plenary", "Evaluación del día")],
    [("08:30", 10, "plenary", "Presencia por delegación"),
     ("08:40", 85, "groups", "Café mundial: la sostenibilidad"),
     ("10:05", 20, "plenary", "Semáforo de las propuestas"),
     ("10:25", 20, "break", "Pausa"),
     ("10:45", 45, "plenary", "Acuerdos: qué, quién, cuándo"),
     ("11:30", 30, "plenary", "Leemos juntos la memoria"),
     ("12:00", 15, "plenary", "Firma y despedida")],
]
