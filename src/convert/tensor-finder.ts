import { ScorerError } from "../shared/errors";
import type { LayerNorm, Linear } from "./bert";
import type { Tensor, Tensors } from "./checkpoint";

/**
 * Looks tensors up by name and checks their shapes.
 *
 * @throws ScorerError `malformed-checkpoint` — from every method: missing, or of another shape
 */
export class TensorFinder {
  readonly #tensors: Tensors;

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  tensor(name: string, shape: readonly number[], oldName?: string): Tensor {
    const tensor = this.#tensors.get(name) ?? this.#tensors.get(oldName ?? name);
    const expected = `expected shape [${shape.join(", ")}]`;
    if (!tensor) throw malformed(`tensor "${name}": ${expected}, found no such tensor`);
    if (tensor.shape.length !== shape.length || tensor.shape.some((size, axis) => size !== shape[axis])) {
      throw malformed(`tensor "${tensor.name}": ${expected}, found [${tensor.shape.join(", ")}]`);
    }
    return tensor;
  }

  linear(name: string, inputs: number, outputs: number): Linear {
    return {
      weight: this.tensor(`${name}.weight`, [outputs, inputs]),
      bias: this.tensor(`${name}.bias`, [outputs]),
    };
  }

  /** Checkpoints that came from TensorFlow call the weight gamma and the bias beta. */
  norm(name: string, size: number): LayerNorm {
    return {
      weight: this.tensor(`${name}.weight`, [size], `${name}.gamma`),
      bias: this.tensor(`${name}.bias`, [size], `${name}.beta`),
    };
  }
}

function malformed(message: string): ScorerError {
  return new ScorerError("malformed-checkpoint", message);
}
