"""Makes tiny_voice.onnx: a model with Kokoro's inputs and output that hums instead of speaking.

Each token but the padding hums for 50 ms at a pitch of its own, shifted by the voice; padding is
silent. So the real ONNX Runtime path runs in milliseconds, and what was said can be told apart.

Run it in this folder: python make_tiny_voice.py
"""

from pathlib import Path

import onnx
import onnx.parser

MODEL = """
<ir_version: 8, opset_import: ["" : 17], producer_name: "make_tiny_voice.py">
tiny_voice (int64[1, sequence_length] tokens, float[1, 256] style, float[1] speed)
    => (float[audio_length] audio)
<int64[1] axis = {0}, int64 zero = {0}, int64 one = {1}, float samples_a_token = {1200.0},
 float loudness = {0.3}, float lowest = {0.02}, float step = {0.002}, float shift = {0.02}>
{
    scalar_speed = Squeeze(speed, axis)
    float_token_samples = Div(samples_a_token, scalar_speed)
    token_samples = Cast<to = 7>(float_token_samples)
    ids = Squeeze(tokens, axis)
    shape = Shape(ids)
    length = Squeeze(shape, axis)
    total = Mul(length, token_samples)
    time = Range(zero, total, one)
    position = Div(time, token_samples)
    sounding = Gather(ids, position)
    audible = Greater(sounding, zero)
    gate = Cast<to = 1>(audible)
    amplitude = Mul(gate, loudness)
    float_ids = Cast<to = 1>(sounding)
    pitch = Mul(float_ids, step)
    voice = ReduceMean<keepdims = 0>(style)
    voice_shift = Mul(voice, shift)
    voiced_pitch = Add(pitch, voice_shift)
    frequency = Add(voiced_pitch, lowest)
    float_time = Cast<to = 1>(time)
    phase = Mul(float_time, frequency)
    wave = Sin(phase)
    audio = Mul(wave, amplitude)
}
"""

if __name__ == "__main__":
    model = onnx.parser.parse_model(MODEL)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, Path(__file__).with_name("tiny_voice.onnx"))
