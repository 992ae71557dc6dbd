import type { StoredModel } from '../../../utils/page/select/model.ts';
import type { Tree } from './boost.ts';

interface Fitted {
  names: string[];
  trees: Tree[];
  bounds: number[][];
  start: number;
}

/** The source of `weights.ts`; `note` says how good they are. */
export function writeModel(model: Fitted, note: string): string {
  const said = note.split('\n').map((line) => ` * ${line}`.trimEnd());
  return `import type { StoredModel } from './model';

/**
 * Weights of the judge of blocks, made by \`test/bench/reading/train.ts\`; not to be changed by hand.
 *
${said.join('\n')}
 */
export const weights: StoredModel = ${JSON.stringify(stored(model))};
`;
}

function stored({ names, trees, bounds, start }: Fitted): StoredModel {
  const depth = Math.max(...trees.map(({ features }) => features.length));
  const whole = trees.filter(({ features }) => features.length === depth);
  const used = [...new Set(whole.flatMap(({ features }) => features))].sort((one, other) => one - other);
  const questions: string[] = [];
  const numberOf = (feature: number, cut: number) => {
    const bound = bounds[feature]?.[cut] ?? 0;
    const question = `${used.indexOf(feature)}>${shortest(bound, bounds[feature] ?? [])}`;
    if (!questions.includes(question)) questions.push(question);
    return questions.indexOf(question);
  };
  const unit = Math.max(...whole.flatMap(({ leaves }) => leaves.map(Math.abs))) / 127;
  const bytes = whole.flatMap(({ features, cuts, leaves }) => [
    ...features.flatMap((feature, level) => {
      const question = numberOf(feature, cuts[level] ?? 0);
      return [question % 256, Math.floor(question / 256)];
    }),
    ...leaves.map((leaf) => Math.round(leaf / unit) + 128),
  ]);
  return {
    features: used.map((feature) => names[feature] ?? ''),
    questions: questions.join(' '),
    trees: Buffer.from(bytes).toString('base64'),
    depth,
    start: Number(start.toFixed(4)),
    unit: Number(unit.toPrecision(6)),
  };
}

/** The bound in as few digits as still divide the same values: above this bound, below the next. */
function shortest(bound: number, bounds: number[]): string {
  const next = bounds.find((other) => other > bound) ?? Number.POSITIVE_INFINITY;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(bound.toPrecision(digits));
    if (short >= bound && short < next) return String(short);
    const above = Number(
      (bound + 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(bound) || 1)) - digits + 1)).toPrecision(digits),
    );
    if (above >= bound && above < next) return String(above);
  }
  return String(bound);
}
