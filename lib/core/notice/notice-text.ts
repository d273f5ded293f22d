/** A notice in words, before a channel gives it its form. Plain text: nothing in it is markup. */
export type NoticeText = {
  /** How it looks from afar. */
  tone: Tone;
  /** The event in one line; on a locked phone it is all there is. */
  title: string;
  /** What one wants to know next. */
  lines: string[];
  /** The page that shows more; null where there is none. */
  link: { url: string; label: string } | null;
  /** Where it happened, and the id by which a notice that came twice is recognised. */
  footer: string;
};

export type Tone = 'good' | 'info' | 'warning' | 'bad';

/** What the writer of one kind of event gives. */
export type NoticeBody = Pick<NoticeText, 'tone' | 'title' | 'lines'> & Partial<Pick<NoticeText, 'link'>>;
