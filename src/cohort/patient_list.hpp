// PatientList: whom a run over a FHIR server judges, kept beside its results, so that a run that goes on judges the
// same.
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <utility>

namespace rectal_cds::cohort {

class PatientList {
public:
    // `run`: as for the Checkpoint. The file holds ids: only its user may open it.
    PatientList(const std::string& results, std::string run) : file_(results + ".patients"), run_(std::move(run)) {}

    // Calls `take` with every id. False, and nothing was taken, when there is no whole list of this very run.
    bool read(const std::function<void(const std::string& id)>& take) const;

    bool begin();
    void add(const std::string& id);
    bool finish();  // false when anything could not be written
    void remove() const;

private:
    bool is_whole() const;

    std::string file_, run_;
    std::ofstream stream_;
    std::uint64_t count_ = 0;
};

}  // namespace rectal_cds::cohort
