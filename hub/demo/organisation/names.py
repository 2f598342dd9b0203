"""The names of the people of the demo organisation: Dutch, as its railways would have them."""

import unicodedata

_FIRST = """
    Aaltje Abel Adriaan Aisha Albert Alie Amber Amir Anke Annelies Anouk Arie Arjan Astrid Ayse
    Babette Bart Bas Bea Berend Bianca Boris Bram Brechtje Carla Casper Cees Chantal Claudia
    Coen Cor Daan Daphne Debora Dennis Dewi Diederik Dirk Doortje Eef Eline Elisa Emre Erik
    Esmee Esther Evert Fatima Femke Ferdi Fleur Floor Frank Frits Gea Gerben Gerda Gijs Greetje
    Guus Haico Hanna Harm Heleen Hendrik Hicham Hilde Huub Ibrahim Ilse Imke Ineke Irma Ivo Jaap
    Jamila Jasper Jelle Jeroen Jesse Jitske Job Joke Joost Jorien Joris Judith Jurre Karim Karin
    Kees Kim Klaas Koen Lars Laura Leila Lianne Lieke Loek Lotte Luuk Maaike Maarten Machteld
    Marcel Mariska Marloes Mehmet Merel Michiel Mieke Mohamed Myrthe Nadia Naomi Nico Nienke
    Niels Noor Olaf Olga Otto Patrick Paulien Petra Pien Pieter Quirine Ramon Rashid Reinier
    Renske Rianne Rik Roel Romy Ruben Ruud Saskia Sander Sanne Selma Sietse Silvia Sjoerd Sofie
    Stefan Steven Suzan Sven Tamara Teun Thea Thijs Tim Tineke Tjeerd Tobias Ursula Valentijn
    Vera Victor Vincent Wessel Wietske Willem Wouter Xander Yara Yasmin Youssef Yvonne Zeynep
    Zoe
"""
FIRST = tuple(_FIRST.split())
_LAST = """
    Aalbers,van Aken,Akkerman,Alblas,Alkema,Baars,Bakker,van den Berg,Bergsma,Bijlsma,Blom,Boer,
    de Boer,Boersma,Bos,Bosman,Bouwman,Brands,van den Brink,de Bruijn,Brouwer,Buurman,van Dam,
    Dekker,Demir,Dijkstra,van Dijk,van Dongen,Doornbos,Drost,van Duin,Dullaart,Eikelboom,Elzinga,
    van Es,Evers,Feenstra,Fokkema,Gerritsen,van Gelder,de Graaf,Groen,Groenewegen,de Groot,Haan,
    de Haas,Haverkamp,Heemskerk,van der Heijden,Hendriks,Hoekstra,Hofman,Hoogland,van den Hoek,
    Huisman,Jacobs,Jansen,de Jong,Jonker,Kamphuis,Karaca,Keizer,Klaassen,Kok,Koopman,Koster,
    Kramer,Kroon,Kuiper,van der Laan,Lammers,van Leeuwen,Liefting,van der Linden,Maas,Martens,
    van der Meer,Meijer,Mensink,Molenaar,Mulder,Nieuwenhuis,Noordhof,Oosterhuis,Otten,Peters,
    van der Ploeg,Pol,Postma,Prins,Reitsma,Rietveld,van Rijn,Roelofs,Rozendaal,Sahin,Schaap,
    Scholten,Schouten,Slager,Smit,Smits,Spaans,Stam,van Staveren,Steenbergen,Tol,Timmermans,
    Uittenbogaard,Veenstra,van der Velde,Verbeek,Vermeulen,Visser,van Vliet,Vos,de Vries,Vroom,
    van der Wal,Waterman,Wessels,Wiersma,van Wijk,Willems,de Wit,Wolters,Yilmaz,Zandstra,
    van Zanten,Zijlstra,Zwart,Zonneveld
"""
LAST = tuple(name.strip() for name in _LAST.replace("\n", " ").split(","))


def mail_word(text: str) -> str:
    """The text as it stands in an address of electronic mail: `van der Wal` is `vanderwal`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.casefold() if letter.isalnum())
