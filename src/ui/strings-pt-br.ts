import { elementPortuguese } from "./element-strings-pt-br";
import { plural } from "./plural-pt-br";
import type { Strings } from "./strings";

/** Every word of the page, in Brazilian Portuguese. */
export const portuguese: Strings = {
  ...elementPortuguese,
  appName: "reward-scorer",
  description:
    "Pontue um prompt e suas respostas com um modelo de recompensa que roda no navegador. Nenhum texto sai dele.",
  lead: "Um modelo de recompensa lê o prompt e uma resposta e devolve um único número: quão boa é a resposta.",
  language: "Idioma",

  prompt: "Prompt",
  response: "Resposta",
  responses: "Respostas",
  responsePlace: (number, of) => `Número ${number} de ${of}`,
  addResponse: "Adicionar resposta",
  removeResponse: (number) => `Remover a resposta ${number}`,
  bestFirst: "Melhor primeiro",
  kept: "Salvo só neste dispositivo.",
  notKept: "Não foi salvo: este navegador recusa o armazenamento.",
  reset: "Voltar ao exemplo",
  undo: "Recuperar os textos anteriores",

  openFile: "Abrir um arquivo",
  saveCsv: "Salvar como CSV",
  saveJsonLines: "Salvar como JSON Lines",
  opened: (count, shown, file) =>
    count === 0
      ? `Nenhuma resposta encontrada em ${file}.`
      : `${plural(count, "Aberta", "Abertas")} ${shown} ${plural(count, "resposta", "respostas")} de ${file}.`,
  leftOut: (count, shown, why) =>
    `${why}: ${shown} ${plural(count, "linha não é exibida", "linhas não são exibidas")}`,
  leftOutWhy: {
    unreadable: "também por erro de leitura",
    otherPrompt: "outro prompt",
    overLimit: "mais respostas do que cabem na página",
  },
  fileProblems: {
    tooLarge: (found, most) => `O arquivo tem ${found} MB; são lidos no máximo ${most} MB.`,
    unreadable:
      "O navegador não consegue ler o arquivo: ele foi movido ou apagado, ou não há permissão para abri-lo.",
    notUtf8:
      "O arquivo não está em UTF-8: salve-o como CSV UTF-8 ou, em um editor, como UTF-8, e abra-o de novo.",
    noRows:
      "Nenhuma linha com prompt e response foi encontrada: em CSV, a primeira linha traz essas colunas; em JSON Lines, cada linha traz um objeto com ambos.",
  },
  reproduced: (count, shown) =>
    plural(
      count,
      "A recompensa do arquivo é a mesma obtida aqui.",
      `As ${shown} recompensas do arquivo são as mesmas obtidas aqui.`,
    ),
  notReproduced: (count, shown, difference) =>
    plural(
      count,
      `A recompensa do arquivo difere em ${difference} da obtida aqui.`,
      `As ${shown} recompensas do arquivo diferem em até ${difference} das obtidas aqui.`,
    ),
  foreignResults:
    "O arquivo traz recompensas de outro modelo, ou deste em outra precisão, que não são comparadas.",
  partResults: (count, shown) =>
    plural(
      count,
      `${shown} recompensa não é comparada: sua linha não é um resultado completo.`,
      `${shown} recompensas não são comparadas: suas linhas não são resultados completos.`,
    ),
  unfitForCsv: "Um texto contém metade de um caractere, o que o CSV não comporta: salve como JSON Lines.",

  alpha: "Alfa (α)",
  alphaValue: "Valor de α",
  alphaDefault: (alpha) => `Voltar a ${alpha}`,

  score: "Pontuar",
  notScored: "ainda sem pontuação",
  emptyResponse: "escreva algo para pontuar",
  stale: "de um texto anterior",
  tokens: (count, shown) => `${shown} ${plural(count, "token", "tokens")}`,
  unreadBeside: (unread, number) => `${unread} junto com a resposta ${number}`,
  leads: (number, margin) => `A resposta ${number} lidera por ${margin}`,
  level: (numbers) => `As respostas ${numbers} estão empatadas`,
  manyLevel: (shown) => `${shown} respostas dividem a maior pontuação`,
  announceOne: (number, score) => `Resposta ${number}: ${score}.`,
  announceBest: (number, score) => `A resposta ${number} é a melhor: ${score}.`,
  scoredPairs: (done, total) => `Pontuando: ${done} de ${total}`,
  waiting: "Aguardando o modelo",

  notLoaded: "O modelo não foi carregado. Seus textos continuam como estão.",

  model: "Modelo",
  confirmTitle: (origin) => `Carregar um modelo de ${origin}?`,
  confirmBody: "O endereço desta página indica uma pasta de modelo em outro site:",
  confirmSafe: "Só os arquivos dela seriam baixados. Seus textos não seriam enviados para lá.",
  confirmYes: (origin) => `Carregar de ${origin}`,
  confirmNo: (title) => `Usar ${title}`,

  badgeLoading: "Carregando",
  badgeIdle: "Nenhum modelo carregado",
  badgeFailed: "Não carregado",
  threads: (count, shown) => `${shown} ${plural(count, "thread", "threads")}`,
  checked: "conferido",
  backendDisagreed: (backend) => `${backend} divergiu`,
  backendFailed: (backend) => `${backend} falhou`,
  attemptsTitle: "Backends testados",
  attemptsLead: "Cada backend precisa reproduzir as recompensas de referência que vieram com o modelo.",
  outcomes: {
    chosen: "em uso",
    disagreed: "descartado: números errados",
    failed: "descartado: falhou",
    unavailable: "indisponível",
  },
  attention: (kind) => `atenção ${kind === "fused" ? "fundida" : "simples"}`,
  subgroups: "subgrupos",
  agrees: (count, shown) => `confere em ${shown} ${plural(count, "par", "pares")} de referência`,
  maxError: (error) => `maior erro ${error}`,
  adapter: (name) => `GPU: ${name}`,
  speed: (backend, ms) => `${backend}: ${ms} ms por par`,
  otherSpeed: (backend, ms) => `${backend}: ${ms} ms`,
  notCached: "O navegador recusou guardar os arquivos: na próxima visita eles serão baixados de novo.",

  privacy: "Nada do que você digita sai deste navegador.",
  aboutModel: "Sobre este modelo",
  howChecked: "Como ele é conferido",
  storedFiles: "Arquivos guardados",
  inOtherTools: "Em outras ferramentas",
  stored: (count, shown, size) =>
    `Este navegador guarda ${shown} ${plural(count, "arquivo", "arquivos")}, ${size}, para que a próxima visita não precise ${plural(count, "baixá-lo", "baixá-los")}.`,
  nothingStored: "Este navegador não guarda nenhum arquivo de modelo nem de runtime.",
  deleteStored: "Apagar os arquivos guardados",
  storedRuntime: "ONNX Runtime, que executa todos os modelos",
  storedPage: "Esta página, para uso sem rede",
  storedOther: "Arquivos que nenhum modelo daqui usa mais",
  storedGroup: (count, shown, size) => `${shown} ${plural(count, "arquivo", "arquivos")}, ${size}`,
  sharedFile: (models) => `também de ${models}; fica quando só este modelo é apagado`,
  deleteGroup: "Apagar",
  deleteGroupOf: (name) => `Apagar: ${name}`,
  storageUse: (used, quota) => `O navegador permite a este site cerca de ${quota}; ${used} estão em uso.`,
  close: "Fechar",
  darkTheme: "Tema escuro",
  copy: "Copiar comando",
  copied: "Copiado",
  noModelYet: "Nenhum modelo foi carregado, então ainda não há o que dizer sobre ele.",
  demonstrationLead:
    "Este modelo é só uma pequena demonstração, próxima do acaso diante de preferências humanas: não é o próprio RewardModel.",
  demonstration:
    "Este é um pequeno modelo de demonstração, feito para que a página tenha algo real para executar. Ele não é o próprio RewardModel: não julgue aquele modelo por estes números.",
  realModel: "Para trazer o modelo real em português, execute na pasta do projeto:",
  realModelThen: "Depois, inicie a página de novo: o modelo estará na lista.",
  realModelCommand: "npx reward-scorer convert nicholasKluge/RewardModelPT --out public/models/RewardModelPT",
  facts: {
    accuracy: "Acurácia",
    limits: "Limitações",
    languages: "Idiomas",
    licence: "Licença",
    source: "Origem",
    revision: "Revisão",
    architecture: "Arquitetura",
    reads: "Lê no máximo",
    sha256: "SHA-256",
  },
  checkedLead: (goldens) =>
    `A pasta do modelo traz ${goldens} pares com as recompensas que o modelo original, em precisão completa, deu a eles, e com as que os pesos usados aqui deram. Depois de carregado, o backend pontua os pares curtos e, antes do primeiro par mais longo, também os mais longos; se uma recompensa se afasta da esperada além da tolerância, esse backend é descartado e o próximo é testado.`,
  checkedFiles: "Cada arquivo é comparado com o SHA-256 do manifesto do modelo antes de ser usado.",
  checkedFacts: {
    backend: "Backend",
    weights: "Pesos",
    cost: "O que os pesos menores custam, no máximo",
    tolerance: "Tolerância",
    maxError: "Maior erro aqui",
    goldens: "Pares de referência",
  },
  inRewardUnits: (value) => `${value} em unidades de recompensa`,
  checkedLimit: "Isso mostra que a página calcula o que o modelo calcularia. Não mostra que o modelo acerta.",

  frame: {
    alone: "Esta página foi feita para ser incorporada em outra página.",
    waiting: "Aguardando a página que contém este quadro.",
    connected: (origin) => `Conectado a ${origin}. Os textos não saem deste navegador.`,
    noOrigin: "uma página sem endereço",
    refused: (origin) => `${origin} não tem permissão para usar este widget.`,
    otherVersion: (origin) => `${origin} usa outra versão deste widget.`,
    modelFrom: (origin) => `O modelo está em ${origin}.`,
  },

  newerVersion: "Há uma nova versão desta página, pronta para uso.",
  loadNewerVersion: "Recarregar com a nova versão",

  badDevice: (value) => `device=${value} não existe: há auto, webgpu e wasm. Usando auto.`,
  badAlpha: (value, min, max) =>
    `alpha=${value} não é um número de ${min} a ${max}. Usando o do próprio modelo.`,
  badLang: (value) => `lang=${value} não está disponível: há en e pt-BR.`,
  badModel: (value, available, used) =>
    `Não há nenhum modelo "${value}" aqui. Disponíveis: ${available}. Usando ${used}.`,

  safe: "Seus textos continuam aqui e não saíram deste navegador.",
};
