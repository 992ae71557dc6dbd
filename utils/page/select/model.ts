/** A judge made of trees, as it is stored. Its trees ask the same question at every node of a level. */
export interface StoredModel {
  /** Names of the features that it asks about. */
  features: string[];
  /** `feature>bound` for every question that some tree asks, the feature by its place in `features`. */
  questions: string;
  /** For each tree, `depth` questions of two bytes and 2^depth answers of one byte, in base64. */
  trees: string;
  depth: number;
  start: number;
  /** What an answer of 1 stands for. */
  unit: number;
}

/** A judge made of trees. Scores are logarithms of odds: above 0 more likely text than not. */
export interface Model {
  features: string[];
  score(values: Float32Array): number;
  /** The features that spoke most against a block, the weightiest first. */
  reasons(values: Float32Array): string[];
}

export function loadModel({ features, questions, trees, depth, start, unit }: StoredModel): Model {
  const pairs = questions.split(' ').map((question) => question.split('>').map(Number));
  const asked = Uint16Array.from(pairs, ([feature = 0]) => feature);
  // Single precision, as the values that the model was fitted to.
  const bounds = Float32Array.from(pairs, ([, bound = 0]) => bound);
  const bytes = Uint8Array.from(atob(trees), (character) => character.charCodeAt(0));
  const leaves = 2 ** depth;
  const width = depth * 2 + leaves;
  const answer = (at: number) => ((bytes[at] ?? 0) - 128) * unit;
  const questionAt = (at: number) => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  const isYes = (question: number, values: Float32Array) =>
    (values[asked[question] ?? 0] ?? 0) > (bounds[question] ?? 0);

  // The hottest loop of the reader: what each level of each tree asks lies side by side, in the order of asking.
  const count = bytes.length / width;
  const featureAt = new Uint16Array(count * depth);
  const boundAt = new Float32Array(count * depth);
  const answers = new Float64Array(count * leaves);
  for (let tree = 0; tree < count; tree++) {
    for (let level = 0; level < depth; level++) {
      const question = questionAt(tree * width + level * 2);
      featureAt[tree * depth + level] = asked[question] ?? 0;
      boundAt[tree * depth + level] = bounds[question] ?? 0;
    }
    for (let leaf = 0; leaf < leaves; leaf++) {
      answers[tree * leaves + leaf] = answer(tree * width + depth * 2 + leaf);
    }
  }

  function score(values: Float32Array): number {
    let sum = start;
    let at = 0;
    for (let tree = 0; tree < count; tree++) {
      let leaf = 0;
      for (let level = 0; level < depth; level++, at++) {
        if ((values[featureAt[at] as number] as number) > (boundAt[at] as number)) leaf |= 1 << level;
      }
      sum += answers[tree * leaves + leaf] as number;
    }
    return sum;
  }

  function reasons(values: Float32Array): string[] {
    const against = new Map<string, number>();
    for (let tree = 0; tree < bytes.length; tree += width) {
      let open = Array.from({ length: leaves }, (_, leaf) => leaf);
      const mean = () => open.reduce((sum, leaf) => sum + answer(tree + depth * 2 + leaf), 0) / open.length;
      let before = mean();
      for (let level = 0; level < depth; level++) {
        const question = questionAt(tree + level * 2);
        const bit = isYes(question, values) ? 1 << level : 0;
        open = open.filter((leaf) => (leaf & (1 << level)) === bit);
        const after = mean();
        const name = features[asked[question] ?? 0] ?? '';
        against.set(name, (against.get(name) ?? 0) + after - before);
        before = after;
      }
    }
    return [...against]
      .filter(([, weight]) => weight < 0)
      .sort((one, other) => one[1] - other[1])
      .map(([name]) => name);
  }
  return { features, score, reasons };
}
