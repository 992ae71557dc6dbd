import type { Block, Layout } from './blocks';
import { type Box, far } from './boxes';
import { type PlaceName, placeNames } from './names';
import type { PageSignals } from './page-signals';
import { type Phrase, phrases } from './phrases';
import type { Surroundings } from './surroundings';
import { type TagName, tagBit, tagNames } from './tags';

/** What the judgement of a block is made from. */
export interface Scene {
  layout: Layout;
  signals: PageSignals;
  around: Surroundings;
}

export interface Feature {
  name: string;
  of(block: Block, scene: Scene): number;
  /**
   * Where the answer is not about the block alone: what it is about. Blocks of one page for which this is the same
   * have the same answer, so that neighbours need not be asked again. Features with the same function go together.
   */
  about?(block: Block, scene: Scene): unknown;
}

const thePage = () => undefined;

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
const logarithm = (value: number) => Math.log2(1 + value);

const textFeatures: Feature[] = [
  { name: 'size', of: ({ letters }) => logarithm(letters.size) },
  { name: 'linked', of: ({ linked, letters }) => share(linked, letters.size) },
  { name: 'word length', of: ({ letters }) => share(letters.characters, letters.words) },
  { name: 'digits', of: ({ letters }) => share(letters.digits, letters.characters) },
  { name: 'capitals', of: ({ letters }) => share(letters.capitals, letters.characters) },
  { name: 'commas', of: ({ letters }) => share(letters.commas * 100, letters.size) },
  { name: 'stops', of: ({ letters }) => Math.min(20, letters.stops) },
  { name: 'symbols', of: ({ letters }) => share(letters.symbols, letters.characters) },
  { name: 'ends a sentence', of: ({ end }) => (/[.!?。！？…:：][”"』」)）]?$/.test(end) ? 1 : 0) },
  { name: 'pieces', of: ({ texts }) => logarithm(texts.length) },
  { name: 'level', of: ({ box }) => box.level },
  { name: 'repeated', of: (block, { around }) => around.repeated(block) },
  {
    name: 'in title',
    of: ({ start }, { signals }) => (start.length > 8 && signals.title.includes(start.toLowerCase()) ? 1 : 0),
  },
  ...(Object.keys(phrases) as Phrase[]).map((phrase) => ({
    name: `says ${phrase}`,
    of: ({ start }: Block) => (phrases[phrase].test(start) ? 1 : 0),
  })),
];

const tagsAround = ({ box }: Block) => box.tags;
const namesAround = ({ box }: Block) => box.names;

const placeFeatures: Feature[] = [
  ...tagNames.map((tag: TagName) => ({
    name: `in ${tag}`,
    of: ({ box }: Block) => (box.tags & tagBit(tag) ? 1 : 0),
    about: tagsAround,
  })),
  ...placeNames.map((place: PlaceName, index) => ({
    name: `named ${place}`,
    of: ({ box }: Block) => box.names[index] ?? far,
    about: namesAround,
  })),
  { name: 'depth', of: ({ box }) => box.depth },
  { name: 'position', of: ({ before }, { layout }) => share(before, layout.root.size) },
  { name: 'text before', of: ({ before }) => logarithm(before) },
  {
    name: 'text after',
    of: ({ before, letters }, { layout }) => logarithm(layout.root.size - before - letters.size),
  },
  { name: 'after headline', of: (block, { around }) => around.afterHeadline(block) },
  { name: 'under elsewhere', of: (block, { around }) => around.under(block, 'elsewhere') },
  { name: 'under discussion', of: (block, { around }) => around.under(block, 'discussion') },
  { name: 'under newsletter', of: (block, { around }) => around.under(block, 'newsletter') },
  { name: 'since heading', of: (block, { around }) => around.sinceHeading(block) },
];

const voteFeatures: Feature[] = [
  { name: 'voted', of: ({ voted, letters }, { layout }) => vote(layout, share(voted, letters.size)) },
  { name: 'vote before', of: ({ index }, { layout, around }) => vote(layout, around.sinceVote[index] ?? 99) },
  { name: 'vote after', of: ({ index }, { layout, around }) => vote(layout, around.untilVote[index] ?? 99) },
  {
    name: 'votes around',
    of: ({ index }, { layout, around }) => vote(layout, around.mean('voted', index, 4)),
  },
  { name: 'steps to votes', of: ({ box }, { layout }) => vote(layout, Math.min(30, box.votesAbove)) },
  {
    name: 'page voted',
    of: (_, { layout }) => vote(layout, share(layout.root.voted, layout.root.size)),
    about: thePage,
  },
  {
    name: 'page prose voted',
    of: (_, { layout }) => vote(layout, share(layout.root.voted, layout.root.prose)),
    about: thePage,
  },
];
/** Where Readability was not asked, what it would have said is unknown. */
const vote = (layout: Layout, value: number) => (layout.root.voted > 0 ? value : -1);

const sectionFeatures: Feature[] = (['own', 'several', 'tenth', 'third', 'half'] as const).flatMap(
  (section) => {
    const boxOf = ({ box }: Block) => (section === 'own' ? box : box.sections[section]);
    const feature = (name: string, value: (box: Box, layout: Layout) => number): Feature => ({
      name: `${section}: ${name}`,
      of: (block, { layout }) => value(boxOf(block), layout),
      about: boxOf,
    });
    return [
      feature('share of page', (box, layout) => share(box.size, layout.root.size)),
      feature('size', (box) => logarithm(box.size)),
      feature('linked', (box) => share(box.linked, box.size)),
      feature('prose', (box) => share(box.prose, box.size)),
      feature('prose of page', (box, layout) => share(box.prose, layout.root.prose)),
      feature('voted', (box, layout) => vote(layout, share(box.voted, box.size))),
      feature('votes of page', (box, layout) => vote(layout, share(box.voted, layout.root.voted))),
      feature('block size', (box) => logarithm(share(box.size, box.blocks))),
      feature('blocks', (box) => logarithm(box.blocks)),
      feature('headings', (box) => share(box.headings, box.blocks)),
      {
        name: `${section}: position in`,
        of: (block) => share(block.index - boxOf(block).firstBlock, boxOf(block).blocks),
      },
    ];
  },
);

const groupFeatures: Feature[] = (['nearestItem', 'largestItem'] as const).flatMap((which) => {
  const about = ({ box }: Block) => box[which]?.group;
  const feature = (name: string, value: (box: Box, layout: Layout) => number): Feature => ({
    name: `${which === 'nearestItem' ? 'nearest' : 'largest'} group: ${name}`,
    of: ({ box }, { layout }) => {
      const found = box[which];
      return found ? value(found, layout) : -1;
    },
    about,
  });
  return [
    feature('count', ({ group }) => logarithm(group?.count ?? 0)),
    feature('linked', ({ group }) => share(group?.linked ?? 0, group?.size ?? 0)),
    feature('prose', ({ group }) => share(group?.prose ?? 0, group?.size ?? 0)),
    feature('item size', ({ group }) => logarithm(share(group?.size ?? 0, group?.count ?? 0))),
    feature('item blocks', ({ group }) => share(group?.blocks ?? 0, group?.count ?? 0)),
    feature('share of page', ({ group }, layout) => share(group?.size ?? 0, layout.root.size)),
    feature('voted', ({ group }, layout) => vote(layout, share(group?.voted ?? 0, group?.size ?? 0))),
  ];
});

const templateOf = (block: Block, { around }: Scene) => around.template(block);

const templateFeatures: Feature[] = (
  [
    { name: 'template: count', of: (block, { around }) => logarithm(around.template(block).count) },
    {
      name: 'template: share of page',
      of: (block, { around, layout }) => share(around.template(block).size, layout.root.size),
    },
    {
      name: 'template: linked',
      of: (block, { around }) => share(around.template(block).linked, around.template(block).size),
    },
    {
      name: 'template: size',
      of: (block, { around }) => logarithm(share(around.template(block).size, around.template(block).count)),
    },
    {
      name: 'template: voted',
      of: (block, { around, layout }) =>
        vote(layout, share(around.template(block).voted, around.template(block).size)),
    },
  ] as Feature[]
).map((feature) => ({ ...feature, about: templateOf }));

const neighbourFeatures: Feature[] = [
  ...[-2, -1, 1, 2].flatMap((offset): Feature[] => [
    {
      name: `size at ${offset}`,
      of: ({ index }, { layout }) => logarithm(layout.blocks[index + offset]?.letters.size ?? 0),
    },
    {
      name: `linked at ${offset}`,
      of: ({ index }, { layout }) => {
        const other = layout.blocks[index + offset];
        return other ? share(other.linked, other.letters.size) : -1;
      },
    },
  ]),
  { name: 'size around', of: ({ index }, { around }) => logarithm(around.mean('size', index, 5)) },
  { name: 'linked around', of: ({ index }, { around }) => around.mean('linked', index, 5) },
  { name: 'prose around', of: ({ index }, { around }) => around.mean('prose', index, 12) },
];

const pageFeatures: Feature[] = (
  [
    { name: 'page size', of: (_, { layout }) => logarithm(layout.root.size) },
    { name: 'page blocks', of: (_, { layout }) => logarithm(layout.blocks.length) },
    { name: 'page linked', of: (_, { layout }) => share(layout.root.linked, layout.root.size) },
    { name: 'page prose', of: (_, { layout }) => share(layout.root.prose, layout.root.size) },
    { name: 'page prices', of: (_, { around }) => logarithm(around.says('price')) },
    { name: 'page dates', of: (_, { around }) => logarithm(around.says('date')) },
    { name: 'page actions', of: (_, { around }) => logarithm(around.says('action')) },
    { name: 'page headlines', of: (_, { around }) => around.headlines },
    ...(
      [
        'article',
        'product',
        'discussion',
        'collection',
        'documentation',
        'depth',
        'words',
        'hasNumber',
      ] as const
    ).map((signal): Feature => ({ name: `page ${signal}`, of: (_, { signals }) => signals[signal] })),
  ] as Feature[]
).map((feature) => ({ ...feature, about: thePage }));

/** Everything that can be asked about a block; the model uses some of it. */
export const features: Feature[] = [
  ...textFeatures,
  ...placeFeatures,
  ...voteFeatures,
  ...sectionFeatures,
  ...groupFeatures,
  ...templateFeatures,
  ...neighbourFeatures,
  ...pageFeatures,
];
