import type { ParagraphState, RtfStory } from './story';

export type Destination = 'text' | 'skip' | 'fonts' | 'styles' | 'instruction' | 'mark' | 'author' | 'rows';

export interface Field {
  instruction: string;
  hasResult: boolean;
}

/** What holds inside a group, and comes back when it ends. */
export interface State extends ParagraphState {
  destination: Destination;
  story: RtfStory;
  /** Inside a box the story that it is drawn in. */
  host?: RtfStory;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  raised?: 'up' | 'down';
  isHidden?: boolean;
  isDeleted?: boolean;
  font: number;
  /** Characters for older programs behind each `\u`. */
  skips: number;
  field?: Field;
  link?: string;
  /** Done when the group ends. */
  end?: () => void;
}
