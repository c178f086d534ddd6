/** A number with so many decimals, as `toFixed` writes it, but 0 without a sign: -0.001 is no "-0.00". */
export function fixed(value: number, decimals: number): string {
  return (Number(value.toFixed(decimals)) + 0).toFixed(decimals);
}
