import type { Block, Layout } from './blocks';
import { type Feature, features, type Scene } from './features';
import { loadModel, type Model } from './model';
import type { PageSignals } from './page-signals';
import { stride } from './steps';
import { lookAround } from './surroundings';
import { weights } from './weights';

export interface Verdicts {
  /** For each block the logarithm of the odds that it is text; above 0 it more likely is than not. */
  scores: Float64Array;
  /** What spoke against a block, the weightiest first. */
  reasons(block: Block): string[];
}

let model: Model | undefined;

/** Judges each block by what it is and where it stands. Linear in the number of blocks; yields now and then, for pauses. */
export function* judge(layout: Layout, signals: PageSignals): Generator<void, Verdicts> {
  model ??= loadModel(weights);
  const { score, reasons } = model;
  const scene: Scene = { layout, signals, around: yield* lookAround(layout) };
  const values = new Float32Array(model.features.length);
  const groups = groupsOf(model.features);
  const valuesOf = (block: Block) => {
    for (const group of groups) {
      const { about, last, asked } = group;
      if (about) {
        const now = about(block, scene);
        if (now === last) continue;
        group.last = now;
      }
      for (const { index, of } of asked) values[index] = of(block, scene);
    }
    return values;
  };
  const scores = new Float64Array(layout.blocks.length);
  for (const block of layout.blocks) {
    scores[block.index] = score(valuesOf(block));
    if (block.index % stride === 0) yield;
  }
  return {
    scores,
    reasons: (block) => reasons(valuesOf(block)).slice(0, 4),
  };
}

interface Group {
  about: Feature['about'];
  /** What the values that are known now are about. */
  last: unknown;
  asked: { index: number; of: Feature['of'] }[];
}

/** The features with these names, those together that are about the same. */
function groupsOf(names: string[]): Group[] {
  const groups = new Map<Feature['about'], Group>();
  for (const [index, name] of names.entries()) {
    const feature = features.find((one) => one.name === name);
    if (!feature) continue;
    const { about, of } = feature;
    const group = groups.get(about) ?? { about, last: groups, asked: [] };
    groups.set(about, group);
    group.asked.push({ index, of });
  }
  return [...groups.values()];
}
