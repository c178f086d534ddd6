import type { ElementStrings } from "./element-strings";
import { plural } from "./plural-pt-br";

/** The words of `<reward-scorer>`, alone or in a list of responses, in Brazilian Portuguese. */
export const elementPortuguese: ElementStrings = {
  reward: "recompensa",
  unread: (count, shown) =>
    plural(count, "o último token não foi lido", `os últimos ${shown} tokens não foram lidos`),
  scoring: "Pontuando",
  chooseHighest: (label) => `Escolher a de maior pontuação: ${label}`,
  cancel: "Cancelar",
  tryAgain: "Tentar de novo",
  loadModel: "Carregar modelo",
  loadModelOf: (megabytes) => `Carregar modelo (${megabytes} MB)`,
  loadModelOfAbout: (megabytes) => `Carregar modelo (cerca de ${megabytes} MB)`,
  starting: "Iniciando",
  stageRuntime: (loaded, total) => `Runtime: ${loaded} de ${total} MB`,
  stageModel: (loaded, total) => `Modelo: ${loaded} de ${total} MB`,
  stageSession: (backend) => `Preparando o modelo para ${backend}`,
  stageCheck: (checked, total) => `Conferindo as recompensas de referência: ${checked} de ${total}`,
  backends: { webgpu: "WebGPU", wasm: "WASM" },
  errors: {
    "model-not-found": {
      title: "O modelo não foi encontrado",
      advice: "Confira o endereço e se a pasta está lá, ou use outro modelo, se houver.",
    },
    "download-failed": {
      title: "O download falhou",
      advice: "Verifique a conexão e tente de novo: os arquivos que chegaram inteiros foram guardados.",
    },
    "integrity-mismatch": {
      title: "Um arquivo não é o que o modelo indica",
      advice:
        "Tente de novo: o arquivo será baixado outra vez. Se continuar assim, a pasta precisa ser convertida de novo.",
    },
    "malformed-model": {
      title: "Não foi possível ler a pasta do modelo",
      advice: "Converta o modelo de novo ou escolha outro.",
    },
    "no-execution-provider": {
      title: "Nenhum backend conseguiu executar o modelo",
      advice: "Tente outro navegador ou abra a página com ?device=wasm.",
    },
    "out-of-memory": {
      title: "O modelo não coube na memória",
      advice: "Feche outras abas ou converta o modelo com um dtype menor.",
    },
    "run-failed": { title: "O modelo falhou durante a execução", advice: "Tente de novo." },
    "model-not-loaded": { title: "O modelo não está mais carregado", advice: "Carregue-o de novo." },
    "worker-crashed": {
      title: "O worker que executa o modelo foi encerrado",
      advice: "Carregue o modelo de novo.",
    },
    unknown: { title: "Algo deu errado", advice: "Tente de novo." },
  },
};
