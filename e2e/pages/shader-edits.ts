/** What to change in ONNX Runtime's shaders before the browser compiles them. */
export interface ShaderEdits {
  /** Subgroups of a size that this GPU does not have. */
  subgroupSize?: number;
  /** Say of FlashAttention's loop variables that they start from zero, which WGSL says of them anyway. */
  zeroed?: boolean;
  /** FlashAttention goes on by the 8 keys that it computes, and reads them from where every lane can. */
  widened?: boolean;
}

/** Change the shaders that this device compiles, and what its adapter says of its subgroups. */
export function editShaders(device: GPUDevice, { subgroupSize, zeroed, widened }: ShaderEdits): void {
  if (subgroupSize) {
    for (const limit of ["subgroupMinSize", "subgroupMaxSize"]) {
      Object.defineProperty(GPUAdapterInfo.prototype, limit, { get: () => subgroupSize });
    }
  }
  const create = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => {
    let { code } = descriptor;
    if (zeroed)
      code = code.replaceAll(/var (qk_\d) : vec4<qk_precision>;/g, "var $1 = vec4<qk_precision>(0);");
    if (widened) code = widen(code);
    if (subgroupSize) code = emulateSubgroups(code, subgroupSize);
    return create({ ...descriptor, code });
  };
}

function widen(code: string): string {
  return code
    .replace("min(sg_size, max_k_step)", "clamp(sg_size, 8u, max_k_step)")
    .replace("subgroupShuffle(k_val, k_idx)", "k_tile[k_idx][vec_idx]")
    .replace("subgroupShuffle(v_val, k_idx)", "v_tile[k_idx][vec_idx]");
}

const BUILTINS = /@builtin\(subgroup_(?:invocation_id|size)\) sg_\w+ : u32,/g;
const MAIN_BODY = "@builtin(num_workgroups) num_workgroups : vec3<u32>) {";

/** What a lane that is not there is read as. WGSL leaves the value open; this one shows in any sum. */
const NO_LANE = "vec4<f32>(1000.0)";

/**
 * Lanes exchange values through workgroup memory instead. Covers what the shaders of our graphs use of
 * subgroups: `subgroupShuffle` of `vec4<f32>`.
 */
function emulateSubgroups(code: string, size: number): string {
  if (!code.includes("subgroupShuffle(")) return code;
  return `${code
    .replace("enable subgroups;", "")
    .replaceAll(BUILTINS, "")
    .replace(MAIN_BODY, `${MAIN_BODY} lane = local_idx; let sg_id = lane % ${size}u; let sg_size = ${size}u;`)
    .replaceAll("subgroupShuffle(", "shuffle(")}
    var<private> lane : u32;
    var<workgroup> lanes : array<vec4<f32>, workgroup_size_x>;
    fn shuffle(value : vec4<f32>, id : u32) -> vec4<f32> {
      workgroupBarrier();
      lanes[lane] = value;
      workgroupBarrier();
      let source = lane / ${size}u * ${size}u + id;
      return select(lanes[source], ${NO_LANE}, id >= ${size}u || source >= workgroup_size_x);
    }`;
}
