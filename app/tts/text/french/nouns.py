"""The gender of the nouns that French numbers count."""

import re

from app.tts.text.conventions import Gender

_FEMININE = re.compile(
    r"(?:heure|minute|seconde|semaine|personne|page|femme|fille|mère|sœur|copine|amie|"
    r"chose|place|table|tasse|cuillère|tranche|bouteille|ligne|étape|ville|lettre|carte|"
    r"photo|image|voiture|chambre|pièce|tonne|main|part|porte|fenêtre|rue|île|école|équipe|"
    r"entreprise|guerre|livre sterling|once|gousse|boîte|feuille|"
    r"pomme|banane|carotte|tomate|note|règle|loi|langue|étoile|clé|clef|"
    r"cellule|molécule|tâche|goutte|couche|bande|branche|forme|phrase|syllabe|piste|"
    r"commune|église|salle|œuvre|commande|demande|réponse|vache|poule|chaise|scène|"
    r"chanson|leçon|façon|boisson|maison|moisson|saison|raison|prison|livraison|combinaison|"
    r"question|robe|chemise|veste|jupe|botte|chaussure|lampe|plante|rose|fleur|couleur|valeur|"
    r"erreur|peur|douleur|chaleur|odeur|longueur|largeur|hauteur|mer|cour|tour|dent|mort|forêt|"
    r"nuit|vis|fin|faim|soif|peau|eau|noix|dame|reine|princesse|tante|nièce|cousine|voisine|"
    r"cliente|étudiante|employée|gare|banque|poste|pharmacie|pizza|glace|orange|poire|fraise|"
    r"cerise|pêche|olive|épice|crêpe|quiche|soupe|sauce|tarte|bougie|plage|montagne|route|date|"
    r"adresse|annonce|offre|promesse|marque|tablette|montre|télé|radio|vidéo|moto|appli|newsletter|"
    r"pause|fête|surprise|blague|histoire|gomme|règle|trousse|brosse|serviette|couverture|valise|"
    r"perte|dette|taxe|facture|somme|prime|charge|grève|crise|victime|tête|jambe|oreille|épaule|"
    r"ampoule|échelle|roue|vitre|clause|attaque|alerte|panne|rencontre|étude|enquête|campagne|"
    r"médaille|balle|botte|tonne|tasse|course|manche|cigarette|bise|minute|plaque|pilule|dose|"
    r"seule|grande|petite|bonne|longue|grosse|courte|mauvaise|haute|toute|certaine|"
    r"[^\W\d_]*(?:tion|sion|xion|ette|esse|ité|té|elle|euse|trice|ance|ence|ée|ie|ure|ade|aine|"
    r"ine|ère|aise|oire|ude|ille|otte|ique|aison|aille|ale|ave))s?"
    r"|fois|voix|souris|croix|brebis|noix|eaux|peaux"
)
_NOT_NOUNS = re.compile(
    r"plus|moins|dans|sans|sous|mais|puis|les|des|ses|mes|nos|vos|pas|tous|vers"
)
_MASCULINE = re.compile(
    r"(?:silence|bastion|squelette|modèle|mus[ée]e|lycée|trophée|apogée|athée|génie|incendie|"
    r"parapluie|foie|sosie|murmure|mercure|parjure|stade|grade|nomade|camarade|domaine|capitaine|"
    r"magazine|platine|père|frère|caractère|mystère|ministère|cimetière|arrière|critère|"
    r"laboratoire|territoire|accessoire|répertoire|auditoire|observatoire|interrogatoire|"
    r"conservatoire|pourboire|moustique|mexique|pique|diagnostique|mécanique|scandale|comité|côté|"
    r"été|thé|pâté|arrêté|député|décolleté|comté|traité|karaté|velouté|invité|santé|communiqué|"
    r"millionnaire|cratère|portefeuille|gorille|quadrille|crocodile|vandale|pétale|moine|chimpanzé|"
    r"prélude|interlude|violoncelle|vermicelle|libelle|rebelle|intermédiaire|fluide|incroyable|"
    r"divisé|ajouté|multiplié|augmenté|compté|acheté|coûté|porté|resté|noté)s?"
    r"|santé|quatre"
)


def noun_gender(word: str, number: int) -> Gender | None:
    """Return the gender of a noun in lower case after a number, or None if it is not a noun."""
    if word in ("santé", "télé") or (_FEMININE.fullmatch(word) and not _MASCULINE.fullmatch(word)):
        return Gender.FEMININE
    is_counted = word.endswith(("s", "x")) and not _NOT_NOUNS.fullmatch(word)
    return Gender.MASCULINE if number % 10**6 == 0 and is_counted else None


NUMBERED = re.compile(
    r"chapitre|page|article|groupe|joueur|niveau|partie|type|phase|numéro|étape|"
    r"option|version|tome|volume|section|ligne|porte|salle|étage|rang|canal|zone|"
    r"unité|thème|point|exercice|question|classe|série|saison|épisode|jour|équipe|"
    r"formule|catégorie|modèle|figure|tableau|annexe|leçon|journée|tour|gare|"
    r"terminal|voie|chambre|table|cas|plan|bloc|module|note|loi|division|ligue|"
    r"génération|taille|caméra|place|le|la|du|au|quai|vol|bus|train|acte|scène|"
    r"image|photo|test|plage|problème|appartement|facteur|lot|variante|virgule"
)
"""Words after which a 1 is a name: le chapitre 1 commence."""
