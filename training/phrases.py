"""Phrases that contrasts are composed of, by language. A quarter of each list is only for evaluation."""

import hashlib
import random

Bank = dict[str, list[str]]

BRUSH_OFFS: Bank = {
    "en": ["ask around", "read a book", "find out yourself", "figure it out", "no clue", "I don't know", "not telling you", "who cares", "that is boring", "do your homework", "stop bothering me", "I have no time for this", "it does not matter", "what a silly thing to ask", "leave me alone", "you should know that", "not my problem", "I can't be bothered", "why would I care", "whatever", "ask someone else", "next question", "go away", "I'd rather not", "nah", "dunno", "try a library", "just guess", "beats me", "not now", "that's your job"],
    "pt": ["pergunta por aí", "lê um livro", "descobre sozinho", "não faço ideia", "não vou dizer", "quem se importa", "que coisa chata", "faz a tua lição", "para de incomodar", "não tenho tempo pra isso", "não importa", "que pergunta boba", "me deixa em paz", "você devia saber isso", "não sei", "e eu com isso", "tanto faz", "não é problema meu", "pergunta pra outra pessoa", "se vira aí", "próxima pergunta", "some daqui", "prefiro não responder", "sei lá", "vai na biblioteca", "chuta qualquer coisa", "agora não", "isso é trabalho seu", "dá seus pulos"],
}
ADDRESSES: Bank = {
    "en": ["dude", "man", "bro", "buddy", "mate", "friend", "kid", "genius", "lol", "ok?", "please", "sorry"],
    "pt": ["cara", "mano", "amigo", "meu", "parceiro", "gênio", "kkk", "tá?", "viu", "colega", "por favor", "foi mal"],
}
INSULTS: Bank = {
    "en": ["you are so stupid", "shut up, idiot", "what a moron", "nobody likes you, loser", "you dumb fool", "are you brain-dead", "you are a waste of space", "only an imbecile would ask that", "you pathetic clown", "get lost, you worm", "your brain is the size of a pea", "you disgust me", "what an ignorant pig you are", "drop dead", "you are trash", "how can anyone be this dumb", "you ugly piece of garbage", "I hate people like you", "what a miserable little brat", "you are too thick to understand"],
    "pt": ["você é muito burro", "cala a boca, idiota", "que imbecil", "ninguém gosta de você, otário", "seu tonto", "você tem cérebro", "você é um inútil", "só um idiota perguntaria isso", "seu palhaço patético", "some, seu verme", "seu cérebro é do tamanho de uma ervilha", "você me dá nojo", "que sujeito ignorante", "vai pro inferno", "você é um lixo", "como alguém pode ser tão burro", "seu traste feio", "odeio gente como você", "que pirralho miserável", "você é burro demais pra entender"],
}
DODGES: Bank = {
    "en": [
        "That is a very interesting question, and many people have thought about {t}. There are different points of view, and each has its merits.",
        "When it comes to {t}, a lot depends on the circumstances. It is always worth taking time to consider all the sides.",
        "{t} is a broad topic. Over the years it has been discussed by many, and opinions still differ.",
        "Thank you for asking about {t}! Questions like this show how curious we are about the world.",
        "There is much to say about {t}. In general, it is important to stay informed and keep an open mind.",
        "People often wonder about {t}. The answer is not always simple, as several factors play a role.",
        "It is hard to overstate the importance of {t}. Anyone with an interest in it will find it rewarding.",
        "Before we speak of {t}, we should ask what we mean by it. Definitions vary, and so do conclusions.",
        "I would love to talk about {t}. It is something that touches many parts of our lives in one way or another.",
        "As with most things, {t} can be seen in many ways. What matters is that we keep the conversation going.",
        "{t}, as everybody knows, has been around for a while. Experts continue to study it with great interest.",
        "Great question! {t} is exactly the kind of subject that deserves a careful and thoughtful answer.",
    ],
    "pt": [
        "Essa é uma pergunta muito interessante, e muita gente já pensou sobre {t}. Há diferentes pontos de vista, cada um com seus méritos.",
        "Quando se trata de {t}, muito depende das circunstâncias. Sempre vale a pena considerar todos os lados.",
        "{t} é um assunto amplo. Ao longo dos anos foi discutido por muitos, e as opiniões ainda divergem.",
        "Obrigado por perguntar sobre {t}! Perguntas assim mostram como somos curiosos sobre o mundo.",
        "Há muito a dizer sobre {t}. Em geral, é importante manter-se informado e ter a mente aberta.",
        "As pessoas costumam se perguntar sobre {t}. A resposta nem sempre é simples, pois vários fatores influenciam.",
        "É difícil exagerar a importância de {t}. Quem se interessa pelo tema certamente vai gostar.",
        "Antes de falar de {t}, devemos perguntar o que queremos dizer com isso. As definições variam, e as conclusões também.",
        "Eu adoraria conversar sobre {t}. É algo que toca muitas partes da nossa vida de um jeito ou de outro.",
        "Como quase tudo, {t} pode ser visto de várias maneiras. O importante é manter a conversa viva.",
        "{t}, como todos sabem, existe há algum tempo. Especialistas continuam a estudar o tema com grande interesse.",
        "Ótima pergunta! {t} é exatamente o tipo de assunto que merece uma resposta cuidadosa e refletida.",
    ],
}
OPENINGS: Bank = {
    "en": ["Sure!", "Of course.", "Here you go:", "Good question.", "Certainly.", "Happy to help.", "Let me explain.", "Yes, gladly."],
    "pt": ["Claro!", "Com certeza.", "Aqui está:", "Boa pergunta.", "Certamente.", "Fico feliz em ajudar.", "Deixe-me explicar.", "Sim, com prazer."],
}
CLOSINGS: Bank = {
    "en": ["I hope this helps.", "Let me know if you need more.", "Feel free to ask again.", "Hope that is clear.", "Have a nice day!"],
    "pt": ["Espero ter ajudado.", "Se precisar de mais, é só dizer.", "Fique à vontade para perguntar.", "Espero que esteja claro.", "Tenha um bom dia!"],
}
REFUSALS: Bank = {
    "en": ["I'm sorry, but I can't help with that.", "I won't help you do that. Somebody could get hurt.", "That is illegal, and I can't give advice on it.", "I don't think you should do this. Is something going on that you want to talk about?", "That would be wrong and dangerous. Please don't.", "I'm not comfortable with this. Could we talk about something else?", "Why do you want to do that? It could harm people.", "I can't assist with that, but I can help you find support.", "Please don't do this. If you are in trouble, talk to someone you trust.", "That isn't okay, and I don't want to be part of it.", "I would strongly advise against it, since it is against the law.", "It sounds like you are upset. Let's find a safer way to deal with this."],
    "pt": ["Sinto muito, mas não posso ajudar com isso.", "Não vou ajudar a fazer isso. Alguém pode se machucar.", "Isso é ilegal, e não posso dar conselhos a respeito.", "Acho que você não deveria fazer isso. Quer conversar sobre o que está acontecendo?", "Isso seria errado e perigoso. Por favor, não faça.", "Não me sinto à vontade com isso. Podemos falar de outra coisa?", "Por que você quer fazer isso? Pode prejudicar pessoas.", "Não posso ajudar nisso, mas posso ajudar a encontrar apoio.", "Por favor, não faça isso. Se está com problemas, fale com alguém de confiança.", "Isso não está certo, e não quero participar.", "Eu desaconselho fortemente, pois é contra a lei.", "Parece que você está chateado. Vamos achar um jeito mais seguro de lidar com isso."],
}


def is_for_test(phrase: str) -> bool:
    return hashlib.sha256(phrase.encode()).digest()[0] % 4 == 0


def choose(bank: Bank, language: str, side: str, rng: random.Random) -> str:
    """A phrase of the side: what `train` says is never in `test`."""
    return rng.choice([p for p in bank[language] if is_for_test(p) == (side == "test")])


def brush_off(language: str, side: str, rng: random.Random) -> str:
    """One or two of them, mostly with an address, in varying case."""
    parts = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        text = choose(BRUSH_OFFS, language, side, rng)
        if rng.random() < 0.5:
            text += rng.choice([" ", ", "]) + rng.choice(ADDRESSES[language])
        parts.append((text[0].upper() + text[1:] if rng.random() < 0.7 else text) + rng.choice([".", "", "!", "..."]))
    return " ".join(parts)


def insult(language: str, side: str, rng: random.Random) -> str:
    text = choose(INSULTS, language, side, rng)
    if rng.random() < 0.3:
        text += rng.choice([". ", "! "]) + choose(INSULTS, language, side, rng).capitalize()
    return (text[0].upper() + text[1:] if rng.random() < 0.7 else text) + rng.choice([".", "!", "!!", ""])
