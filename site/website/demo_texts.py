"""The words of the demo's site, written for it from the charity's published facts; its people are invented."""

HOME = {
    "hero_title": "Une semaine pour soigner nos villages",
    "lede": (
        "Chaque semaine, un médecin généraliste prend le relais du précédent dans un village qui n’en avait plus. "
        "Demander un peu à beaucoup, plutôt que beaucoup à peu."
    ),
    "main_label": "Donner une semaine",
    "second_label": "Trouver un centre",
    "call_title": "Et si vous donniez une semaine\u202f?",
    "call_text": (
        "Vous êtes salarié pendant la semaine, logé et transporté, une voiture vous attend sur place. "
        "L’équipe du centre s’occupe du reste."
    ),
}
PRINCIPLES = [
    (
        "Un médecin différent chaque semaine",
        "Le dossier, l’équipe et les habitudes restent\u00a0: seul le visage change. Les patients peuvent choisir le "
        "centre comme médecin traitant.",
    ),
    (
        "Une équipe qui ne change pas",
        "Au moins deux coordinatrices ou coordinateurs par centre accueillent les patients, préparent la semaine "
        "et attendent le médecin avec les clés.",
    ),
    (
        "Un village qui fait une place",
        "Le territoire est choisi après un diagnostic partagé avec les habitants et les élus, puis la commune, "
        "l’agence de santé et les partenaires ouvrent la porte.",
    ),
]
FIGURES = [
    (74_000, "consultations", "2025-12-31", "rapport d’activité du collectif"),
]
# (title, slug, day, tag, hour of the picture, its description, introduction, blocks)
NEWS = [
    (
        "Un dossier de presse pour tout comprendre en dix pages",
        "dossier-de-presse-2026",
        "2026-10-05",
        "press",
        "autumn",
        "Dessin d’un village d’automne, son clocher et ses toits bruns au milieu de collines dorées.",
        "Le besoin, la méthode, les chiffres et leurs sources\u00a0: le nouveau dossier de presse est disponible.",
        [
            ("heading", "Des chiffres qui ont tous une date"),
            (
                "paragraph",
                "<p>Onze centres ouverts, neuf cent cinquante médecins dans le collectif, treize mille patients qui "
                "ont choisi un centre comme médecin traitant\u00a0: chaque chiffre du dossier porte sa date et "
                "renvoie à sa source.</p><p>Les rédactions peuvent demander un reportage, un entretien ou des images "
                "à l’adresse de contact, en bas de cette page.</p>",
            ),
        ],
    ),
    (
        "950 médecins dans le collectif, et vous\u202f?",
        "950-medecins-et-vous",
        "2026-09-14",
        "collective",
        "noon",
        "Dessin d’un village sous un grand ciel bleu, entre des prés et des arbres ronds.",
        "De vingt-huit à soixante-douze ans, de toute la France\u00a0: le collectif s’agrandit chaque mois.",
        [
            (
                "paragraph",
                "<p>Quatre médecins sur dix font des remplacements, plus d’un tiers sont des retraités actifs, un "
                "cinquième exerce en libéral, quelques-uns sont salariés. Tous donnent une semaine, parfois deux.</p>",
            ),
            (
                "quote",
                {
                    "text": "J’étais venu pour une semaine. J’en ai déjà choisi trois autres dans l’année.",
                    "author": "Un médecin du collectif",
                },
            ),
            ("heading", "Une utopie raisonnable"),
            (
                "paragraph",
                "<p>La France compte environ quatre-vingt mille généralistes. Si chacun donnait une semaine par an, "
                "mille cinq cents centres pourraient fonctionner\u00a0: quinze dans chaque département.</p>",
            ),
        ],
    ),
    (
        "Un nouveau centre accueille ses premiers patients",
        "un-nouveau-centre-ouvre",
        "2026-06-22",
        "opening",
        "morning",
        "Dessin d’un village au lever du soleil, l’église entourée de maisons aux toits orange.",
        "Après des mois de préparation avec les habitants et les élus, la porte s’est ouverte un lundi matin.",
        [
            (
                "paragraph",
                "<p>Les premiers rendez-vous ont été pris bien avant l’ouverture. Un médecin pionnier a passé la "
                "semaine avec l’équipe pour que tout soit prêt\u00a0: le matériel, le carnet de correspondants et "
                "la voiture.</p>",
            ),
            ("heading", "Ce qui change pour les habitants"),
            (
                "paragraph",
                "<ul><li>un généraliste présent toute la semaine, cinquante et une semaines par an\u202f;</li>"
                "<li>des créneaux libérés chaque jour pour les soins non programmés\u202f;</li>"
                "<li>une équipe qui connaît chacun et prépare le relais.</li></ul>",
            ),
        ],
    ),
]
CENTRE_INTRO = "Un médecin généraliste chaque semaine, une équipe qui vous connaît."
CENTRE_ABOUT = (
    "<p>Le centre reçoit sur rendez-vous. Des créneaux sont libérés chaque jour pour les soins qui n’attendent pas. "
    "Vous pouvez choisir le centre comme <b>médecin traitant</b>\u00a0: votre dossier reste ici, quel que soit le "
    "médecin de la semaine.</p><p>Une première visite ou une maladie de longue durée demande du temps\u00a0: dites-le "
    "en prenant rendez-vous, la consultation sera plus longue.</p>"
)
CENTRE_ACCESS = (
    "<p>L’équipe vous indique au téléphone où vous garer, l’arrêt le plus proche et comment entrer avec un fauteuil "
    "ou une poussette. Prévenez-la si vous avez besoin d’aide pour venir.</p>"
)
CENTRE_PHOTO = ("evening", "Dessin d’un village de collines au soleil couchant, maisons claires autour du clocher.")
# (title, slug, in the header, in the footer, introduction, blocks)
PAGES = [
    (
        "Le projet",
        "le-projet",
        True,
        False,
        "Le temps partagé solidaire\u00a0: se relayer, une semaine chacun, là où le dernier médecin est parti.",
        [
            ("heading", "D’où nous venons"),
            (
                "paragraph",
                "<p>L’association est née en 2022 de la rencontre d’un généraliste et du mouvement citoyen rural "
                "Bouge ton CoQ. Elle est apolitique et sans but lucratif. Son premier centre a ouvert le 31 octobre "
                "2022 à Ajain, dans la Creuse.</p>",
            ),
            ("heading", "Comment une semaine se passe"),
            (
                "paragraph",
                "<p>Le médecin arrive le dimanche, repart le samedi. Le planning s’adapte à ce que chacun pratique. "
                "Le logement et le trajet sont pris en charge, une voiture est prêtée. En moyenne, trois "
                "consultations par heure\u00a0: le temps d’écouter.</p>",
            ),
            (
                "quote",
                {"text": "Un peu de temps de beaucoup de médecins, et le village retrouve le sien.", "author": ""},
            ),
            ("heading", "Ce à quoi nous tenons"),
            (
                "paragraph",
                "<ul><li>soigner tout le monde aux mêmes conditions\u202f;</li><li>la clinique avant l’écran, selon "
                "les connaissances du moment\u202f;</li><li>l’attention aux plus fragiles\u202f;</li>"
                "<li>l’indépendance et l’absence de conflit d’intérêts\u202f;</li>"
                "<li>la bienveillance entre confrères.</li></ul>",
            ),
        ],
    ),
    (
        "Donner une semaine",
        "donner-une-semaine",
        False,
        True,
        "Vous êtes médecin généraliste, en activité, remplaçant ou retraité\u00a0: il y a une semaine pour vous.",
        [
            (
                "paragraph",
                "<p>Écrivez-nous à l’adresse indiquée en bas de page, avec votre nom, votre département et la "
                "période qui vous conviendrait. Nous vous rappelons pour en parler.</p>",
            ),
            ("heading", "Ce qui vous attend"),
            (
                "paragraph",
                "<ul><li>un contrat salarié pour la semaine\u202f;</li><li>un logement à proximité et un trajet "
                "pris en charge\u202f;</li><li>une voiture sur place\u202f;</li><li>une équipe, un carnet de "
                "correspondants et des confrères joignables.</li></ul>",
            ),
        ],
    ),
    (
        "Mentions légales",
        "mentions-legales",
        False,
        True,
        "",
        [
            ("heading", "Éditeur"),
            ("paragraph", "<p>Médecins Solidaires, association régie par la loi du 1er juillet 1901.</p>"),
            ("heading", "Images"),
            ("paragraph", "<p>Les paysages de ce site de démonstration sont dessinés par le logiciel lui-même.</p>"),
        ],
    ),
    (
        "Confidentialité",
        "confidentialite",
        False,
        True,
        "Ce site ne vous suit pas.",
        [
            (
                "paragraph",
                "<p>Aucun cookie n’est déposé quand vous visitez ces pages. Aucune mesure d’audience, aucune police, "
                "aucune carte n’est chargée depuis un autre site. Il n’y a donc rien à accepter.</p>",
            ),
            ("heading", "Pour l’équipe et les médecins"),
            (
                "paragraph",
                "<p>L’espace équipe dépose un cookie de session, nécessaire à la connexion. Aucune donnée de patient "
                "n’y est enregistrée. Pour consulter, corriger ou effacer vos informations, écrivez-nous.</p>",
            ),
        ],
    ),
    (
        "Accessibilité",
        "accessibilite",
        False,
        True,
        "Nous voulons que chacun puisse lire ce site, au clavier, à la voix ou en grand.",
        [
            ("heading", "État de conformité"),
            (
                "paragraph",
                "<p>Le site vise le niveau AA du référentiel général d’amélioration de l’accessibilité. Il est "
                "vérifié par des outils à chaque modification\u202f; aucun audit complet n’a encore été mené.</p>",
            ),
            ("heading", "Signaler une difficulté"),
            (
                "paragraph",
                "<p>Écrivez-nous à l’adresse indiquée en bas de page\u00a0: nous répondons et corrigeons. Sans réponse "
                "satisfaisante, vous pouvez saisir le Défenseur des droits.</p>",
            ),
        ],
    ),
]
# (name, kind, centre slugs, since)
PARTNERS = [
    ("Bouge ton CoQ", "citizen", [], "2022-01-01"),
    ("ARS Nouvelle-Aquitaine", "state", ["ajain"], "2022-10-31"),
    ("Préfecture de la Creuse", "state", ["ajain"], "2022-10-31"),
    ("ARS Centre-Val de Loire", "state", ["charenton-du-cher"], "2024-02-06"),
    ("Commune d’Ajain", "territory", ["ajain"], "2022-10-31"),
    ("Agglomération du Grand Guéret", "territory", ["ajain"], "2022-10-31"),
    ("Région Nouvelle-Aquitaine", "territory", ["ajain"], "2022-10-31"),
    ("Communauté de communes Cœur de France", "territory", ["charenton-du-cher"], "2024-02-06"),
    ("Conseil départemental du Cher", "territory", ["charenton-du-cher"], "2024-02-06"),
    ("Région Centre-Val de Loire", "territory", ["charenton-du-cher"], "2024-02-06"),
    ("CPAM de la Creuse", "health", ["ajain"], "2022-10-31"),
    ("Ordre des médecins", "health", ["ajain"], "2022-10-31"),
    ("CPTS Sud Cher", "health", ["charenton-du-cher"], "2024-02-06"),
    ("MSA Beauce Cœur de Loire", "health", ["charenton-du-cher"], "2024-02-06"),
]
