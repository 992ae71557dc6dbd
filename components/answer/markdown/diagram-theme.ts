import { useSyncExternalStore } from 'react';
import type { DiagramRequest } from './diagram-messages';

/** The colours of diagrams, from the tokens of the page. They change with the theme, and pictures are drawn again. */

const darkness = '(prefers-color-scheme: dark)';

/** `light` or `dark`, whatever decides it. */
export const useTheme = (): string => useSyncExternalStore(watchTheme, theme);

function theme(): string {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen;
  return matchMedia(darkness).matches ? 'dark' : 'light';
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const query = matchMedia(darkness);
  query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', changed);
  };
}

/** Mermaid's names for colours with the tokens that they take. */
const tokens = {
  background: 'paper',
  mainBkg: 'mist',
  primaryColor: 'mist',
  primaryTextColor: 'ink',
  primaryBorderColor: 'line-strong',
  secondaryColor: 'azure-soft',
  secondaryTextColor: 'ink',
  secondaryBorderColor: 'line-strong',
  tertiaryColor: 'pine-soft',
  tertiaryTextColor: 'ink',
  tertiaryBorderColor: 'line-strong',
  lineColor: 'ink-3',
  textColor: 'ink',
  titleColor: 'ink',
  nodeBorder: 'line-strong',
  nodeTextColor: 'ink',
  clusterBkg: 'paper',
  clusterBorder: 'line-strong',
  edgeLabelBackground: 'paper',
  noteBkgColor: 'lamp-soft',
  noteTextColor: 'lamp-ink',
  noteBorderColor: 'lamp',
  actorBkg: 'mist',
  actorBorder: 'line-strong',
  actorTextColor: 'ink',
  actorLineColor: 'line-strong',
  signalColor: 'ink-2',
  signalTextColor: 'ink',
  labelBoxBkgColor: 'mist',
  labelBoxBorderColor: 'line-strong',
  labelTextColor: 'ink',
  loopTextColor: 'ink',
  activationBkgColor: 'mist-2',
  activationBorderColor: 'line-strong',
  sectionBkgColor: 'mist',
  altSectionBkgColor: 'paper',
  sectionBkgColor2: 'mist-2',
  gridColor: 'line-strong',
  taskBkgColor: 'azure-soft',
  taskTextColor: 'ink',
  taskTextOutsideColor: 'ink',
  taskTextDarkColor: 'ink',
  taskTextLightColor: 'ink',
  taskBorderColor: 'azure',
  doneTaskBkgColor: 'mist-2',
  doneTaskBorderColor: 'line-strong',
  activeTaskBkgColor: 'lamp-soft',
  activeTaskBorderColor: 'lamp',
  critBkgColor: 'cinnabar-soft',
  critBorderColor: 'cinnabar',
  todayLineColor: 'cinnabar',
  pieTitleTextColor: 'ink',
  pieSectionTextColor: 'paper',
  pieLegendTextColor: 'ink',
  pieStrokeColor: 'paper',
  pieOuterStrokeColor: 'paper',
  errorBkgColor: 'cinnabar-soft',
  errorTextColor: 'ink',
} as const;

const typeface =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif';

/** The colours of the page as it looks now, by mermaid's names. */
export function diagramColours(): DiagramRequest['variables'] {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const variables: DiagramRequest['variables'] = {
    fontFamily: typeface,
    fontSize: '14px',
    darkMode: theme() === 'dark',
    // Nothing in the panel throws a shadow; on night ink mermaid's would glow.
    dropShadow: 'none',
  };
  for (const [name, token] of Object.entries(tokens)) variables[name] = colour(token);
  for (let index = 0; index < 8; index++) {
    variables[`pie${index + 1}`] = colour(`source-${index + 1}`);
    variables[`git${index}`] = colour(`source-${index + 1}`);
    variables[`gitBranchLabel${index}`] = colour('paper');
    variables[`cScale${index}`] = colour(`source-${index + 1}`);
    variables[`cScaleLabel${index}`] = colour('paper');
    variables[`fillType${index}`] = colour(index % 2 ? 'mist' : 'azure-soft');
  }
  return variables;
}
