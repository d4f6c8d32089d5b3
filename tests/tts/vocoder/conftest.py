"""The real vocoder, prepared once for all tests in the user's cache, as a first start does."""

import pytest

from app.loading.model_files import get_model, get_prepared
from app.loading.vocoder_files import get_vocoder_files
from app.settings import Settings
from app.tts.model.prepared import PreparedGraph
from app.tts.vocoder.machine_code.processors import present_instruction_sets
from app.tts.vocoder.vocoder_files import LoadedVocoder, VocoderFiles


@pytest.fixture(scope="session")
def prepared() -> PreparedGraph:
    settings = Settings()
    found = get_prepared(get_model(settings), settings)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def real_files(prepared: PreparedGraph) -> VocoderFiles:
    """The files of our own vocoder."""
    if not present_instruction_sets():
        pytest.skip("our own vocoder does not run on this machine")
    files = get_vocoder_files(prepared, Settings(vocoder="native"))
    assert files is not None
    return files


@pytest.fixture(scope="session")
def loaded(real_files: VocoderFiles) -> LoadedVocoder:
    return real_files.load()
