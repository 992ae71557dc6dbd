import { sourceColour } from '../format';

/** The number of a source in its colour: the same in chips, the tray, citations and receipts. */
export const SourceNumber = ({ number }: { number: number }) => (
  <span className={`source-number ${sourceColour(number)}`}>{number}</span>
);
