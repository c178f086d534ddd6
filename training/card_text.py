"""The words of the model card and of the manifest in both languages; figures come from card.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    title: str
    lead: str
    use: str
    trained: str
    written: str
    """What was written for this training."""
    kinds: str
    kinds_head: str
    people: str
    people_head: str
    fails: str
    fails_lead: str
    again: str
    names: dict[str, str]
    """Of kinds."""
    prompt: str
    good: str
    worse: str
    about: str
    """What the manifest says, from here on."""
    about_all: str
    about_easy: str
    about_reading: str
    about_people: str
    about_chance: str
    about_learned: str
    about_length: str


WORDS = {
    "en": Words(
        title="The demonstration model",
        lead="A small reward model ({layers} layers, hidden {hidden}, {millions} million parameters) for English and Brazilian Portuguese, "
        "trained from scratch for this page: no pretrained weights. The weights are Apache-2.0. [Português](README.pt-BR.md)",
        use="It shows how a page scores with a reward model: it tells an answer from a rude, broken, off-topic or empty one. It is not for "
        "decisions. It never saw a human preference, and it knows next to nothing about the world: where an answer's truth cannot be read in "
        "the prompt, it guesses.",
        trained="## What it was trained on\n\nGood answers and plain text; people's preferences are for evaluation alone. Worse answers are "
        "made from good ones, and some prompts are composed (`training/composed.py`). Held out by a hash of the prompt: 8 % for evaluation, "
        "4 % for validation; near duplicates are on one side. Pretraining: {pretrain} steps of masked tokens and crossed pairs, {pretrain_minutes} "
        "CPU minutes; rewards: {reward} steps, {reward_minutes} CPU minutes, and {rounded} more, rounded as 8 bits do, {rounded_minutes} CPU minutes, on {hardware}.",
        written="prompts with a good and a worse answer (`training/written/`), everyday words with others of their topic "
        "(`training/associations.txt`) and what prompts and answers are composed of (`training/phrases/`), written for this training by a language model",
        kinds="## A good answer above a worse one\n\nHeld-out prompts, held-out phrases, {pairs} pairs in all: {all} % right ({low} to {high}). "
        "The longer answer is the good one in {longer} % of them.",
        kinds_head="| worse by | kind | English, % | Portuguese, % |",
        people="## Beside people's preferences\n\nNever trained on. Accuracy with Wilson's interval at 95 %, and that of the rule that the "
        "longer response wins. Where several comparisons have one prompt, the true interval is wider.",
        people_head="| data | comparisons | prompts | accuracy, % | 95 % | longer wins, % |",
        fails="## Where it fails",
        fails_lead="Pairs of the evaluation that it got wrong, the shortest of a kind:",
        again="## Training it again\n\n`training/README.md` has the commands. They make a model like this one; this one went through more trainings, which are told there. The figures here are of the weights that ship.",
        names={
            "off-topic": "off topic",
            "shuffled": "shuffled words",
            "looped": "looped words",
            "cut": "cut in mid-sentence",
            "wrong-language": "the wrong language",
            "insult": "an insult",
            "brush-off": "a brush-off",
            "echo": "the prompt again",
            "empty": "nothing said",
            "near-miss": "answers a similar prompt",
            "careless": "careless, as a language model wrote it",
            "fact": "a fact changed",
            "half": "half of what was asked",
            "padded": "with something off topic added",
            "rude": "right, but rude",
            "dodge": "fluent, says nothing",
            "refusal": "refused without need",
            "harmful": "helps with harm",
        },
        prompt="prompt",
        good="should be higher",
        worse="was higher",
        about="A small demonstration model ({layers} layers, hidden {hidden}, {millions} million parameters), trained from scratch for this "
        "page on English and Portuguese texts. It is not the RewardModel itself: it sees form, language, topic and manners, and the truth only "
        "where it can be read in the prompt.",
        about_all="A good answer above a worse one, held-out prompts: {all} % of {pairs}",
        about_easy="Of these, worse at a glance (off topic, shuffled, insults …): {least} to {most} % by kind",
        about_reading="Of these, worse when read (a fact changed, half an answer …): {least} to {most} % by kind",
        about_people="{name}, human preferences: {rate} % ({low} to {high}) of {comparisons} (longer wins: {longer} %)",
        about_chance="Of human preferences it tells {least} to {most} % by data, where chance is 50 %: do not decide anything by it.",
        about_learned="It learned no human preferences, only good answers against worse ones made from them.",
        about_length="Few of the texts it was trained on were longer than 288 tokens.",
    ),
    "pt": Words(
        title="O modelo de demonstração",
        lead="Um pequeno modelo de recompensa ({layers} camadas, dimensão {hidden}, {millions} milhões de parâmetros) para inglês e português "
        "do Brasil, treinado do zero para esta página: sem pesos pré-treinados. Os pesos são Apache-2.0. [English](README.md)",
        use="Mostra como uma página pontua com um modelo de recompensa: distingue uma resposta de outra grosseira, quebrada, fora do assunto ou "
        "vazia. Não serve para decisões. Nunca viu uma preferência humana e quase nada sabe do mundo: onde a verdade de uma resposta não se lê "
        "no prompt, ele chuta.",
        trained="## Em que foi treinado\n\nBoas respostas e texto comum; preferências humanas servem só para avaliar. As respostas piores são "
        "feitas a partir das boas, e alguns prompts são compostos (`training/composed.py`). Separados por um hash do prompt: 8 % para avaliação, "
        "4 % para validação; quase repetidos ficam do mesmo lado. Pré-treino: {pretrain} passos de tokens mascarados e pares trocados, "
        "{pretrain_minutes} minutos de CPU; recompensas: {reward} passos, {reward_minutes} minutos de CPU, e mais {rounded} passos com pesos e entradas arredondados "
        "como em 8 bits, {rounded_minutes} minutos de CPU, em {hardware}.",
        written="prompts com uma boa e uma má resposta (`training/written/`), palavras do dia a dia com outras do mesmo assunto "
        "(`training/associations.txt`) e aquilo de que prompts e respostas são compostos (`training/phrases/`), escritos para este treino por um modelo de linguagem",
        kinds="## Uma boa resposta acima de uma pior\n\nPrompts e frases que ficaram de fora do treino, {pairs} pares ao todo: {all} % certos "
        "({low} a {high}). A resposta mais longa é a boa em {longer} % deles.",
        kinds_head="| pior por | tipo | inglês, % | português, % |",
        people="## Comparação com preferências humanas\n\nNunca usadas no treino. Acurácia com o intervalo de Wilson a 95 % e a da regra de que a "
        "resposta mais longa vence. Onde várias comparações têm um só prompt, o intervalo verdadeiro é mais largo.",
        people_head="| dados | comparações | prompts | acurácia, % | 95 % | a mais longa vence, % |",
        fails="## Onde falha",
        fails_lead="Pares da avaliação que ele errou, o mais curto de cada tipo:",
        again="## Treinar de novo\n\n`training/README.md` traz os comandos. Eles fazem um modelo como este; este passou por mais treinos, contados lá. Os números daqui são dos pesos publicados.",
        names={
            "off-topic": "fora do assunto",
            "shuffled": "palavras embaralhadas",
            "looped": "palavras repetidas em sequência",
            "cut": "cortada no meio da frase",
            "wrong-language": "no idioma errado",
            "insult": "um insulto",
            "brush-off": "um fora",
            "echo": "o prompt de novo",
            "empty": "nada dito",
            "near-miss": "responde a um prompt parecido",
            "careless": "descuidada, escrita por um modelo de linguagem",
            "fact": "um fato trocado",
            "half": "metade do pedido",
            "padded": "com algo fora do assunto a mais",
            "rude": "certa, mas grosseira",
            "dodge": "fluente, não diz nada",
            "refusal": "recusada sem motivo",
            "harmful": "ajuda a fazer mal",
        },
        prompt="prompt",
        good="devia ficar acima",
        worse="ficou acima",
        about="Um pequeno modelo de demonstração ({layers} camadas, dimensão {hidden}, {millions} milhões de parâmetros), treinado do zero "
        "para esta página em textos em inglês e português. Não é o próprio RewardModel: vê forma, idioma, assunto e modos, e a verdade só onde "
        "ela se lê no prompt.",
        about_all="Uma boa resposta acima de uma pior, prompts fora do treino: {all} % de {pairs}",
        about_easy="Destas, piores à primeira vista (fora do assunto, embaralhadas, insultos…): {least} a {most} % por tipo",
        about_reading="Destas, piores quando se lê (um fato trocado, metade do pedido…): {least} a {most} % por tipo",
        about_people="{name}, preferências humanas: {rate} % ({low} a {high}) de {comparisons} (a mais longa vence: {longer} %)",
        about_chance="Das preferências humanas acerta de {least} a {most} %, conforme os dados, e o acaso acerta 50 %: não decida nada com base nele.",
        about_learned="Não aprendeu preferências humanas, só boas respostas contra piores feitas a partir delas.",
        about_length="Poucos dos textos em que foi treinado tinham mais de 288 tokens.",
    ),
}
