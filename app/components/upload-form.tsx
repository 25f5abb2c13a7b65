/** The form that takes files: chosen, photographed or dropped. A script adds dropping and a bar of progress. */
import { useNavigate, useRevalidator } from "@remix-run/react";
import { type DragEvent, type FormEvent, useState } from "react";
import { attachedEndings, mostBytesAtOnce } from "#app/domain/attachment.ts";

/** How far an upload is, in percent; null while none runs. */
type Progress = number | null;

export function UploadForm({
  query,
  problems: refused = [],
  leadsOn = false,
}: {
  /** What the files belong to, as the query of an address: the server takes large bodies there only. */
  query: string;
  problems?: string[];
  /** True where the form is the whole page: when it is done there is nothing left to see. */
  leadsOn?: boolean;
}) {
  const { progress, problems, send } = useUpload(query, refused, leadsOn);
  const [isOver, setIsOver] = useState(false);
  const isBusy = progress !== null;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (!isBusy) void send(new FormData(form)).then((isKept) => isKept && form.reset());
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const body = new FormData();
    for (const file of event.dataTransfer.files) body.append("file", file);
    if (!isBusy && body.has("file")) void send(body);
  }
  function dragOver(event: DragEvent) {
    event.preventDefault();
    setIsOver(true);
  }

  return (
    <form
      method="post"
      action={`/attachments${query}`}
      encType="multipart/form-data"
      className={`entry-form upload${isOver ? " upload--over" : ""}`}
      onSubmit={submit}
      onDragOver={dragOver}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <div className={`kern-form-input${problems.length > 0 ? " kern-form-input--error" : ""}`}>
        <label className="kern-label" htmlFor="attachment-file">
          Dateien
        </label>
        <div className="kern-hint" id="attachment-file-hint">
          eine oder mehrere wählen oder hierher ziehen: Scans und Fotos, PDF, Office-Dateien, XML,
          CSV, TXT; je bis 20 MB, sie bleiben, wie sie sind
        </div>
        <input
          id="attachment-file"
          name="file"
          type="file"
          multiple
          accept={attachedEndings.join(",")}
          aria-invalid={problems.length > 0 ? true : undefined}
          aria-describedby={`attachment-file-hint${problems.length > 0 ? " attachment-file-error" : ""}`}
          className="kern-form-input__input"
        />
        {problems.length > 0 && <Problems problems={problems} />}
      </div>
      <div className="kern-form-input camera">
        <label className="kern-label" htmlFor="attachment-photo">
          Foto aufnehmen
        </label>
        <input
          id="attachment-photo"
          name="file"
          type="file"
          accept="image/*"
          capture="environment"
          className="kern-form-input__input"
        />
      </div>
      <div className="actions">
        <button type="submit" className="kern-btn kern-btn--secondary" aria-disabled={isBusy}>
          <span className="kern-label">{isBusy ? "Wird abgelegt …" : "Dateien ablegen"}</span>
        </button>
        {isBusy && <progress max={100} value={progress} aria-label="Übertragen" />}
      </div>
    </form>
  );
}

function Problems({ problems }: { problems: string[] }) {
  return (
    <div id="attachment-file-error" role="alert">
      {problems.map((problem) => (
        <p className="kern-error" key={problem}>
          <span className="kern-icon kern-icon--danger kern-icon--small" aria-hidden="true" />
          <span className="kern-body">{problem}</span>
        </p>
      ))}
    </div>
  );
}

const sentences = {
  interrupted:
    "Die Übertragung ist abgebrochen; es ist unklar, was abgelegt wurde. Bitte die Seite neu laden.",
  signedOut: "Es wurde nichts abgelegt: Die Anmeldung ist abgelaufen. Bitte neu anmelden.",
  tooMuch: "Zusammen sind diese Dateien größer als 60 MB. Bitte in mehreren Schritten ablegen.",
};

/** Sends files by script: only an XMLHttpRequest says how much of them is on its way. */
function useUpload(query: string, refused: string[], leadsOn: boolean) {
  const [progress, setProgress] = useState<Progress>(null);
  const [problems, setProblems] = useState(refused);
  const { revalidate } = useRevalidator();
  const navigate = useNavigate();

  async function send(body: FormData): Promise<boolean> {
    if (sizeOf(body) > mostBytesAtOnce) {
      setProblems([sentences.tooMuch]);
      return false;
    }
    setProgress(0);
    const taken = await post(`/attachments/upload${query}`, body, setProgress);
    setProgress(null);
    setProblems(taken.problems);
    const isKept = taken.problems.length === 0;
    if (isKept && leadsOn) navigate(taken.path);
    else revalidate();
    return isKept;
  }
  return { progress, problems, send };
}

function post(address: string, body: FormData, onProgress: (percent: number) => void) {
  return new Promise<{ path: string; problems: string[] }>((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = "text";
    request.upload.onprogress = ({ loaded, total }) => onProgress((loaded / total) * 100);
    request.onloadend = () => resolve(answerOf(request));
    request.open("POST", address);
    request.send(body);
  });
}

function sizeOf(body: FormData): number {
  return [...body.values()].reduce((sum, one) => sum + (one instanceof File ? one.size : 0), 0);
}

/** Whoever is signed out is led to a page in place of the answer. */
function answerOf(request: XMLHttpRequest): { path: string; problems: string[] } {
  const isAnswer = request.getResponseHeader("Content-Type")?.startsWith("application/json");
  if (isAnswer) return JSON.parse(request.responseText);
  return {
    path: "",
    problems: [request.status === 200 ? sentences.signedOut : sentences.interrupted],
  };
}
