import { html } from "lit";

const CENTRE = 50;
/** Below the score's line of type, in the middle of it. */
const TOP = 14;
const HEIGHT = 20;

/**
 * A bar from the zero line, in the middle, to the right for a positive reward and to the left for a negative.
 *
 * Lengths are SVG attributes: a strict content security policy allows no style attributes.
 *
 * @param fullBar the absolute reward of a full bar; 0 draws none
 */
export function rewardBar(reward: number, fullBar: number) {
  const length = fullBar > 0 ? (CENTRE * Math.abs(reward)) / fullBar : 0;
  const left = reward < 0 ? CENTRE - length : CENTRE;
  return html`
    <svg aria-hidden="true">
      <rect class=${reward < 0 ? "bar against" : "bar"} x="${left}%" y=${TOP} width="${length}%" height=${HEIGHT}></rect>
      <line class="zero" x1="${CENTRE}%" x2="${CENTRE}%" y1="0" y2="100%"></line>
    </svg>
  `;
}
