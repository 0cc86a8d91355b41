/**
 * Every figure of §3 in one place: lengths in characters (UTF-16 units), counts in items. The rules take their figures
 * from here; the tests compare them with figures written out by hand.
 */
export const LIMITS = {
  /** Blocks per surface (§3 Global). */
  blocks: { message: 50, modal: 100, home: 100 },
  blockId: 255,
  actionId: 255,
  /** A text object where nothing else is said: 1 to 3000. */
  text: 3000,
  url: 3000,
  /** Bytes of a view as JSON: "250 KB", read as KiB. */
  viewBytes: 250 * 1024,

  // §3.1 blocks
  section: { fields: 10, field: 2000 },
  header: { text: 150 },
  image: { altText: 2000, title: 2000 },
  context: { elements: 10 },
  actions: { elements: 25 },
  input: { label: 2000, hint: 2000 },
  /** Over all markdown blocks of a payload together. */
  markdown: { total: 12_000 },
  /** "less than 200" and "less than 50". */
  video: { title: 199, authorName: 49 },
  table: { rows: 100, cells: 20, columnSettings: 20, total: 10_000 },
  dataTable: { minRows: 2, maxRows: 201, columns: 20, minPageSize: 1, maxPageSize: 100, total: 20_000 },
  chart: {
    perMessage: 2,
    title: 50,
    segments: 12,
    series: 12,
    seriesName: 20,
    points: 20,
    label: 20,
    category: 20,
    axisLabel: 50,
  },
  card: { title: 150, subtitle: 150, body: 200, subtext: 200, actions: 3 },
  carousel: { elements: 10 },
  container: { title: 150, subtitle: 150, childBlocks: 10 },
  contextActions: { elements: 5 },
  richText: { indent: 8 },

  // §3.2 elements and composition objects
  button: { text: 75, value: 2000, accessibilityLabel: 75 },
  checkboxes: { options: 10 },
  radioButtons: { options: 10 },
  overflow: { minOptions: 1, options: 5 },
  select: { options: 100, optionGroups: 100, minSelectedItems: 1 },
  /** The ceiling of `max_length` is UNCERTAIN (§3.2); 3000 is what is named for `min_length`. */
  plainTextInput: { minLength: 3000, maxLength: 3000 },
  richTextInput: { minLines: 1, maxLines: 100 },
  fileInput: { minFiles: 1, maxFiles: 10 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  option: { text: 75, value: 75, description: 75 },
  optionGroup: { label: 75, options: 100 },
  placeholder: 150,

  // §3.2 "View"
  view: { title: 24, submit: 24, close: 24, callbackId: 255, privateMetadata: 3000, externalId: 255 },

  /** Characters of the JSON string that blocks.validate takes. */
  validatePayload: 100_000,
  attachments: 100,
} as const;
