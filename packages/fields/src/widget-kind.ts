import type { Choice, Field, Json, Locale, ReadText } from "@formwright/model";
import type { ComponentType } from "react";

/** A record as a widget shows it: its id and the title to read. */
export interface TitledRecord {
  readonly id: string;
  readonly title: string | null;
}

/** How a widget finds records. The screen gives it; a widget itself never fetches. */
export interface Lookup {
  /** Records whose title holds the words; the most likely ones for no words. */
  search(entity: string, words: string, signal?: AbortSignal): Promise<readonly TitledRecord[]>;
  /** Opens the form for a new record and gives it when it was saved, null when not. Missing: this person may not. */
  readonly create?: ((entity: string, title: string) => Promise<TitledRecord | null>) | undefined;
  canCreate(entity: string): boolean;
  /** Where a record can be opened; null when nowhere. */
  href(entity: string, id: string): string | null;
}

/** What all widgets of a screen share. */
export interface WidgetEnvironment {
  readonly locale: Locale;
  /** IANA name: the zone that moments are read and written in. */
  readonly timeZone: string;
  readonly lookup: Lookup;
  /** What the records of an entity are called. */
  entityLabel(entity: string): string;
  stagesOf(flow: string): readonly Choice[];
  /** Reads pasted text for a field, as its kind does. */
  readText(field: Field, text: string): ReadText;
  /** The widgets of all kinds: for kinds that hold fields themselves. */
  widgetOf(kind: string): FieldWidget;
}

export interface ReadProps {
  readonly field: Field;
  readonly value: Json;
  /** Title of the record that the value points to, where it is one. */
  readonly title?: string | null | undefined;
  readonly env: WidgetEnvironment;
}

export interface EditProps extends ReadProps {
  /** `record` comes along when the value is the id of one, so that the screen knows its title. */
  onChange(value: Json, record?: TitledRecord): void;
  readonly id?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly isInvalid?: boolean | undefined;
  /** Id of the element that says what is wrong, or what is wanted. */
  readonly describedBy?: string | undefined;
  /** Without a label element, e.g. in a cell of a table. */
  readonly label?: string | undefined;
  readonly autoFocus?: boolean | undefined;
  /** In a cell: no frame of its own. */
  readonly isBare?: boolean | undefined;
}

/** How a field kind looks. Controlled and ignorant: a value in, changes out. */
export interface FieldWidget {
  readonly key: string;
  /** Null for kinds that nobody writes. */
  readonly Edit: ComponentType<EditProps> | null;
  /** On a record page. */
  readonly Read: ComponentType<ReadProps>;
  /** In one line of a list. */
  readonly Cell: ComponentType<ReadProps>;
  /** Numbers stand right. */
  readonly align: "left" | "right";
  /** Width of its column, in CSS pixels. */
  readonly width: number;
  /** Takes the whole width of a form. */
  readonly isWide: boolean;
}

export type FieldWidgetRegistry = Readonly<Record<string, FieldWidget>>;
