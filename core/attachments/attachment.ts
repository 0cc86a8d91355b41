/** A file that a tool adds to the answer; it is uploaded into the thread behind the last message. */
export interface FileAttachment {
  kind: 'file';
  /** With its ending: `report.csv`. */
  name: string;
  content: string | Uint8Array;
  mediaType?: string;
  /** For people who do not see it. */
  altText?: string;
}

/** A chart that a tool adds to the answer; it is drawn under the text (Slack's `data_visualization` block). */
export interface ChartAttachment {
  kind: 'chart';
  title: string;
  chart: Chart;
}

export type Chart =
  | { type: 'pie'; segments: readonly { label: string; value: number }[] }
  | {
      type: 'bar' | 'line' | 'area';
      categories: readonly string[];
      /** One value per category. */
      series: readonly { name: string; values: readonly number[] }[];
      xLabel?: string;
      yLabel?: string;
    };

export type Attachment = FileAttachment | ChartAttachment;

/** What a turn keeps of an attachment; its content lies in the bucket. */
export interface AttachmentRecord {
  /** The same for every try of the call that made it: uploaded once. */
  id: string;
  kind: Attachment['kind'];
  name: string;
  /** Name of the body: a file's bytes, or a chart as JSON. */
  key: string;
  bytes: number;
  mediaType?: string;
  altText?: string;
}
