import { describe, expect, it } from 'vitest';
import { emptyConversation } from '@/utils/chat/conversation-state';
import { keyOfPage, nextSources, sourcesOfQuestion, switched } from '@/utils/chat/next-sources';
import type { MeasuredSource } from '@/utils/context/compose';
import type { SourceChoices } from '@/utils/store/drafts';
import type { TurnRecord } from '@/utils/store/records';
import { measuredSource } from '../fixtures/sources';

const none: SourceChoices = { attached: [], leftOut: [], added: [] };
const page = await measuredSource(['The page.'], { url: 'https://example.org/page#part', title: 'Page' });
const grown = await measuredSource(['The page.', 'More.'], {
  url: 'https://example.org/page',
  title: 'Page',
});
const paste = await measuredSource(['Pasted.'], { kind: 'file', title: 'Pasted text', url: undefined });
const other = await measuredSource(['Another.'], { url: 'https://example.org/other', title: 'Other' });
const ongoing = { ...emptyConversation, turns: [{ id: 't' } as TurnRecord], sources: [other] };

const titles = (entries: readonly MeasuredSource[]) => entries.map(({ source }) => source.title);

describe('the sources of the next question', () => {
  it('of a new chat are the page in front, and what is attached after it', () => {
    const plan = nextSources(emptyConversation, { ...none, attached: [paste] }, page);
    expect(titles(plan.pending)).toEqual(['Page', 'Pasted text']);
    expect(plan.omit.size).toBe(0);
    expect(plan.isOffer).toBe(false);
  });

  it('do not have a page that was left out, also when its text has changed since', () => {
    const choices = { ...none, ...switched(none, page, 'out', { page, isEmpty: true }) };
    expect(choices.leftOut).toEqual(['https://example.org/page']);
    const plan = nextSources(emptyConversation, choices, grown);
    expect([...plan.omit]).toContain(grown.source.id);
    expect(sourcesOfQuestion(plan)).toEqual({ sources: [grown], omit: [...plan.omit] });
    const back = { ...none, ...switched(choices, grown, 'in', { page: grown, isEmpty: true }) };
    expect(nextSources(emptyConversation, back, grown).omit.has(grown.source.id)).toBe(false);
  });

  it('of a chat about something else have the page only when the user says so', () => {
    const plan = nextSources(ongoing, { ...none, attached: [paste] }, page);
    expect(titles(plan.pending)).toEqual(['Pasted text', 'Page']);
    expect(plan.isOffer).toBe(true);
    expect(titles(sourcesOfQuestion(plan).sources)).toEqual(['Pasted text']);
    const added = { ...none, ...switched(none, page, 'in', { page, isEmpty: false }) };
    const with_ = nextSources(ongoing, added, page);
    expect(titles(sourcesOfQuestion(with_).sources)).toEqual(['Page']);
    expect(with_.omit.size).toBe(0);
    expect(switched(added, page, 'out', { page, isEmpty: false })).toEqual({
      leftOut: [],
      added: [],
      aside: [],
    });
  });

  it('keep what was left out of the chat by its text', () => {
    const choices = { ...none, ...switched(none, other, 'out', { page, isEmpty: false }) };
    expect(nextSources(ongoing, choices, page).omit.has(other.source.id)).toBe(true);
    // The page in front is the one that was sent: it is no new page.
    expect(nextSources(ongoing, none, other).page).toBeUndefined();
  });

  it('have what was picked, also when its tab is in front by now', () => {
    const choices = {
      ...none,
      attached: [page, paste],
      picks: [{ key: 'tab:1', id: page.source.id, place: 1 }],
    };
    const plan = nextSources(ongoing, choices, page);
    expect(titles(sourcesOfQuestion(plan).sources)).toEqual(['Page', 'Pasted text']);
    expect(plan.omit.size).toBe(0);
    // It is left out like anything that is attached.
    const out = { ...choices, ...switched(choices, page, 'out', { page: plan.page, isEmpty: false }) };
    expect([...nextSources(ongoing, out, page).omit]).toEqual([page.source.id]);
    expect([...nextSources(ongoing, out, other).omit]).toEqual([page.source.id]);
  });

  it('keep the page beside which others were picked when another tab comes to the front', () => {
    const key = keyOfPage(page.source);
    const picks = [
      { key, id: page.source.id, place: 1 },
      { key: 'tab:2', id: other.source.id, place: 2 },
    ];
    const choices = { ...none, attached: [page, other], picks };
    expect(titles(nextSources(emptyConversation, choices, other).pending)).toEqual(['Other', 'Page']);
    // In front again, and grown, it goes by itself and once.
    expect(nextSources(emptyConversation, choices, grown).pending).toEqual([grown, other]);
    // Left out it stays out wherever it is.
    const out = { ...choices, ...switched(choices, page, 'out', { page, isEmpty: true }) };
    expect(nextSources(emptyConversation, out, other).pending).toEqual([other]);
    // Picked by itself as well, it goes.
    const both = { ...out, picks: [...picks, { key: 'tab:1', id: page.source.id, place: 3 }] };
    expect(titles(nextSources(emptyConversation, both, other).pending)).toEqual(['Other', 'Page']);
  });

  it('have each text once', () => {
    const plan = nextSources({ ...ongoing, sources: [paste] }, { ...none, attached: [paste] }, undefined);
    expect(plan.pending).toEqual([]);
  });
});
