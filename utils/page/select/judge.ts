import type { Block, Layout } from './blocks';
import { features, type Scene } from './features';
import { loadModel, type Model } from './model';
import type { PageSignals } from './page-signals';
import { Surroundings } from './surroundings';
import { weights } from './weights';

export interface Verdicts {
  /** For each block the logarithm of the odds that it is text; above 0 it more likely is than not. */
  scores: Float64Array;
  /** What spoke against a block, the weightiest first. */
  reasons(block: Block): string[];
}

let model: Model | undefined;

/** Judges each block by what it is and where it stands. Linear in the number of blocks; yields at each, for pauses. */
export function* judge(layout: Layout, signals: PageSignals): Generator<void, Verdicts> {
  model ??= loadModel(weights);
  const { score, reasons } = model;
  const scene: Scene = { layout, signals, around: new Surroundings(layout) };
  const asked = model.features.map((name) => features.find((feature) => feature.name === name)?.of);
  const values = new Float32Array(asked.length);
  const valuesOf = (block: Block) => {
    for (let index = 0; index < asked.length; index++) values[index] = asked[index]?.(block, scene) ?? 0;
    return values;
  };
  const scores = new Float64Array(layout.blocks.length);
  for (const block of layout.blocks) {
    scores[block.index] = score(valuesOf(block));
    yield;
  }
  return {
    scores,
    reasons: (block) => reasons(valuesOf(block)).slice(0, 4),
  };
}
