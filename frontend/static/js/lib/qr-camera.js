// Looks for QR codes through the phone's camera. `beside` is where the picture stands; `found(text)` is told each new one.
export const canScan = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices);

export class QrCamera {
  constructor(beside, found) {
    Object.assign(this, { beside, found, video: null, last: null });
  }

  async start() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    this.video = document.createElement("video");
    Object.assign(this.video, { srcObject: stream, muted: true, playsInline: true });
    this.beside.append(this.video);
    await this.video.play();
    this.detector = new BarcodeDetector({ formats: ["qr_code"] });
    this.look();
  }

  async look() {
    if (!this.video) return;
    const [code] = await this.detector.detect(this.video).catch(() => []);
    if (code && code.rawValue !== this.last) {
      this.last = code.rawValue;
      this.found(code.rawValue);
    }
    setTimeout(() => this.look(), 250);
  }

  stop() {
    this.video?.srcObject.getTracks().forEach((track) => track.stop());
    this.video?.remove();
    this.video = null;
  }
}

// A button after `beside` that begins and stops looking; `words`: {scan, stop}; `refused()` is called where there is no camera to
// be had.
export function offerCamera(beside, words, found, refused) {
  const camera = new QrCamera(beside, found);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button quiet", textContent: words.scan });
  button.addEventListener("click", async () => {
    if (camera.video) camera.stop();
    else await camera.start().catch(refused);
    button.textContent = camera.video ? words.stop : words.scan;
  });
  beside.after(button);
  return camera;
}
