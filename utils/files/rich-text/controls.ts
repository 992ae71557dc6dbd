import type { Definitions } from './definitions';
import type { State } from './state';

/** Words that change how text and paragraphs look, or end a paragraph; false for others. */
export function controlText(
  state: State,
  definitions: Definitions,
  name: string,
  value: number | undefined,
): boolean {
  const isOn = value !== 0;
  switch (name) {
    case 'par':
    case 'sect':
      state.story.paragraph(state);
      return true;
    case 'pard':
      Object.assign(state, { level: undefined, role: undefined, tables: 0, depth: 0 });
      return true;
    case 's':
      Object.assign(state, { level: undefined, role: undefined, ...definitions.styleOf(value ?? 0) });
      return true;
    case 'outlinelevel':
      state.level = value !== undefined && value < 9 ? value + 1 : undefined;
      return true;
    case 'ilvl':
      state.depth = Math.max(0, Math.min(8, value ?? 0));
      return true;
    case 'plain':
      Object.assign(state, {
        bold: false,
        italic: false,
        strike: false,
        raised: undefined,
        isHidden: false,
        isDeleted: false,
        font: definitions.defaultFont,
      });
      return true;
    case 'b':
      state.bold = isOn;
      return true;
    case 'i':
      state.italic = isOn;
      return true;
    case 'strike':
    case 'striked':
      state.strike = isOn;
      return true;
    case 'super':
      state.raised = isOn ? 'up' : undefined;
      return true;
    case 'sub':
      state.raised = isOn ? 'down' : undefined;
      return true;
    case 'nosupersub':
      state.raised = undefined;
      return true;
    case 'up':
    case 'dn':
      state.raised = value ? (name === 'up' ? 'up' : 'down') : undefined;
      return true;
    case 'v':
      state.isHidden = isOn;
      return true;
    case 'deleted':
      state.isDeleted = isOn;
      return true;
    case 'f':
      state.font = value ?? -1;
      return true;
    case 'uc':
      state.skips = Math.max(0, value ?? 1);
      return true;
    default:
      return false;
  }
}

/** Words of tables; false for others. */
export function controlTable(state: State, name: string, value: number | undefined): boolean {
  const { story } = state;
  if (name === 'intbl') state.tables = Math.max(1, state.tables);
  else if (name === 'itap') state.tables = Math.max(0, value ?? 1);
  else if (name === 'cell' || name === 'nestcell') story.cell(state, name === 'nestcell');
  else if (name === 'row' || name === 'nestrow') story.row(state, name === 'nestrow');
  else if (name === 'trowd') story.newRow();
  else if (name === 'cellx') story.edge(value ?? 0);
  else if (/^cl(?:vmgf|vmrg|mrg)$/.test(name)) story.merge(name);
  else return false;
  return true;
}
